// Package jsonlines speaks one JSON request per line on standard input and one
// JSON answer per line on standard output.
package jsonlines

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Failure is the answer to a request that could not be fulfilled.
type Failure struct {
	Error string `json:"error"`
	Phase string `json:"phase,omitempty"`
}

// Serve answers every line of standard input until it ends.
func Serve(answer func(request json.RawMessage) any) error {
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			if err := out.Encode(answerOrFail(answer, line)); err != nil {
				return fmt.Errorf("write the answer: %w", err)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a request: %w", err)
		}
	}
}

// answerOrFail keeps the process alive when the code under test panics; some
// of the real webhooks do so on degenerate input.
func answerOrFail(answer func(json.RawMessage) any, line []byte) (result any) {
	defer func() {
		if reason := recover(); reason != nil {
			result = Failure{Error: fmt.Sprintf("panic: %v", reason), Phase: "panic"}
		}
	}()
	return answer(line)
}
