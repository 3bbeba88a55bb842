// Command helm renders and checks charts with the Helm library, and renders
// add-on values like the Cluster Stack Operator. See the README for the protocol.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"stackc/oracle/core/jsonlines"
)

type request struct {
	Template  *templateRequest  `json:"template"`
	Lint      *lintRequest      `json:"lint"`
	Overwrite *overwriteRequest `json:"overwrite"`
}

func main() {
	if err := jsonlines.Serve(answer); err != nil {
		fmt.Fprintf(os.Stderr, "helm: %v\n", err)
		os.Exit(1)
	}
}

func answer(line json.RawMessage) any {
	result, err := fulfil(line)
	if err != nil {
		return jsonlines.Failure{Error: err.Error()}
	}
	return result
}

func fulfil(line json.RawMessage) (any, error) {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return nil, err
	}
	switch {
	case r.Template != nil:
		return r.Template.run()
	case r.Lint != nil:
		return r.Lint.run()
	case r.Overwrite != nil:
		return r.Overwrite.run()
	}
	return nil, errors.New("expected template, lint or overwrite")
}
