// Command operator loads a release directory the way the Cluster Stack
// Operator does after the download, and prints what it found as JSON.
// Usage: operator DIRECTORY      (the directory's name is the release tag)
//
//	operator conditions     (conditions of stages as lines of JSON on standard input)
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type answer struct {
	OK      bool         `json:"ok,omitempty"`
	Release *releaseInfo `json:"release,omitempty"`
	Error   string       `json:"error,omitempty"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: operator DIRECTORY | operator conditions")
		os.Exit(2)
	}
	if os.Args[1] == "conditions" {
		if err := serveConditions(); err != nil {
			fmt.Fprintf(os.Stderr, "operator: %v\n", err)
			os.Exit(1)
		}
		return
	}
	result := answer{}
	info, err := loadRelease(os.Args[1])
	if err != nil {
		result.Error = err.Error()
	} else {
		result = answer{OK: true, Release: info}
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := out.Encode(result); err != nil {
		fmt.Fprintf(os.Stderr, "operator: %v\n", err)
		os.Exit(1)
	}
	if !result.OK {
		os.Exit(1)
	}
}
