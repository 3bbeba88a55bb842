// Command topology runs the topology engine and the webhooks of Cluster API
// v1.10 on one release. See the README for the protocol.
package main

import (
	"fmt"
	"os"

	"stackc/oracle/core/session"
)

func main() {
	engine, err := newEngine()
	if err != nil {
		fmt.Fprintf(os.Stderr, "topology: %v\n", err)
		os.Exit(1)
	}
	session.Main(engine, "capi-v1.10")
}
