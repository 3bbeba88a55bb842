package session

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"stackc/oracle/core/apiserver"
	"stackc/oracle/core/jsonlines"
)

// Main is the main function of a topology program. The CRDs of its release
// lie where the build script puts them, unless the command line says otherwise.
func Main(engine Engine, defaultCRDs string) {
	if err := run(engine, defaultCRDs); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", filepath.Base(os.Args[0]), err)
		os.Exit(1)
	}
}

func run(engine Engine, defaultCRDs string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	directories := flag.String("crds", filepath.Join(filepath.Dir(self), "crds", defaultCRDs),
		"comma-separated `directories` of CRDs; later ones replace earlier ones kind by kind")
	flag.Parse()

	crds, err := apiserver.LoadCRDs(strings.Split(*directories, ","))
	if err != nil {
		return err
	}
	conversation, err := New(engine, crds)
	if err != nil {
		return err
	}
	return jsonlines.Serve(conversation.Answer)
}
