package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/SovereignCloudStack/cluster-stack-operator/pkg/clusteraddon"
	"github.com/google/cel-go/cel"
	celtypes "github.com/google/cel-go/common/types"
)

type stage struct {
	Name   string `json:"name"`
	Action string `json:"action"`
	// InArchive is false for a stage that the operator would skip.
	InArchive bool `json:"inArchive"`
}

// topFolders lists what an archive unpacks to at its top. It reproduces the
// operator's unexported unTarContent: gzip, and directories and plain files only.
func topFolders(archive string) ([]string, error) {
	file, err := os.Open(archive)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("failed to init gzip.NewReader for %q: %w", archive, err)
	}
	var folders []string
	entries := tar.NewReader(content)
	for {
		header, err := entries.Next()
		if errors.Is(err, io.EOF) {
			slices.Sort(folders)
			return slices.Compact(folders), nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading tar archive: %w", err)
		}
		if header.Typeflag != tar.TypeDir && header.Typeflag != tar.TypeReg {
			return nil, fmt.Errorf("unsupported type: %c in file %s", header.Typeflag, header.Name)
		}
		if top, _, _ := strings.Cut(filepath.ToSlash(filepath.Clean(header.Name)), "/"); top != "." {
			folders = append(folders, top)
		}
		if _, err := io.Copy(io.Discard, entries); err != nil {
			return nil, fmt.Errorf("reading %s: %w", header.Name, err)
		}
	}
}

func loadStages(config string, addons []string) (map[string][]stage, error) {
	parsed, err := clusteraddon.ParseConfig(config)
	if err != nil {
		return nil, err
	}
	stages := map[string][]stage{}
	for hook, configured := range parsed.AddonStages {
		for _, s := range configured {
			for _, condition := range []clusteraddon.WaitForCondition{s.WaitForPreCondition, s.WaitForPostCondition} {
				if err := compileCondition(condition); err != nil {
					return nil, fmt.Errorf("hook %s, stage %s: %w", hook, s.Name, err)
				}
			}
			stages[hook] = append(stages[hook], stage{s.Name, string(s.Action), slices.Contains(addons, s.Name)})
		}
	}
	return stages, nil
}

// compileCondition reproduces the offline half of the operator's evaluation of
// a condition, which is unexported: the objects are maps known by their keys.
func compileCondition(condition clusteraddon.WaitForCondition) error {
	if condition.Conditions == "" {
		return nil
	}
	env, err := cel.NewEnv()
	if err != nil {
		return err
	}
	for _, object := range condition.Objects {
		env, err = env.Extend(cel.Variable(object.Key, celtypes.NewMapType(cel.StringType, cel.AnyType)))
		if err != nil {
			return fmt.Errorf("failed to extend the current cel environment with %q: %w", object.Key, err)
		}
	}
	ast, issues := env.Compile(condition.Conditions)
	if issues.Err() != nil {
		return fmt.Errorf("failed to compile cel expression %q: %w", condition.Conditions, issues.Err())
	}
	if _, err := env.Program(ast); err != nil {
		return fmt.Errorf("failed to generate an evaluable instance of the Ast within the environment: %w", err)
	}
	return nil
}
