package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/release"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type templateRequest struct {
	Chart       string `json:"chart"`
	Release     string `json:"release"`
	Namespace   string `json:"namespace"`
	ValuesFile  string `json:"valuesFile"`
	KubeVersion string `json:"kubeVersion"`
	IncludeCRDs bool   `json:"includeCRDs"`
}

type templateAnswer struct {
	Objects []any  `json:"objects"`
	Text    string `json:"text"`
}

// run sets up the install action exactly as the command "helm template" does.
func (r *templateRequest) run() (*templateAnswer, error) {
	install := action.NewInstall(&action.Configuration{Log: func(string, ...any) {}})
	install.DryRun = true
	install.DryRunOption = "true"
	install.Replace = true
	install.ClientOnly = true
	install.IncludeCRDs = r.IncludeCRDs
	install.ReleaseName = r.Release
	install.Namespace = r.Namespace
	if install.Namespace == "" {
		install.Namespace = "default"
	}
	if r.KubeVersion != "" {
		version, err := chartutil.ParseKubeVersion(r.KubeVersion)
		if err != nil {
			return nil, fmt.Errorf("invalid kube version '%s': %w", r.KubeVersion, err)
		}
		install.KubeVersion = version
	}
	requested, err := loadInstallable(r.Chart)
	if err != nil {
		return nil, err
	}
	values, err := readValues(r.ValuesFile)
	if err != nil {
		return nil, err
	}
	rendered, err := install.Run(requested, values)
	if err != nil {
		return nil, err
	}
	text := manifestsOf(rendered)
	objects, err := decodeObjects(text)
	if err != nil {
		return nil, err
	}
	return &templateAnswer{Objects: objects, Text: text}, nil
}

func loadInstallable(path string) (*chart.Chart, error) {
	requested, err := loader.Load(path)
	if err != nil {
		return nil, err
	}
	if kind := requested.Metadata.Type; kind != "" && kind != "application" {
		return nil, fmt.Errorf("%s charts are not installable", kind)
	}
	if dependencies := requested.Metadata.Dependencies; dependencies != nil {
		if err := action.CheckDependencies(requested, dependencies); err != nil {
			return nil, fmt.Errorf("chart dependencies: %w", err)
		}
	}
	return requested, nil
}

func readValues(file string) (map[string]any, error) {
	if file == "" {
		return map[string]any{}, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	values, err := chartutil.ReadValues(text)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", file, err)
	}
	return values, nil
}

// manifestsOf is what "helm template" prints: manifests, then hooks.
func manifestsOf(rendered *release.Release) string {
	var text strings.Builder
	fmt.Fprintln(&text, strings.TrimSpace(rendered.Manifest))
	for _, hook := range rendered.Hooks {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return text.String()
}

func decodeObjects(text string) ([]any, error) {
	objects := []any{}
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader([]byte(text))))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, fmt.Errorf("split the rendered manifests: %w", err)
		}
		var object any
		if err := yaml.Unmarshal(document, &object); err != nil {
			return nil, fmt.Errorf("parse a rendered manifest: %w", err)
		}
		if object != nil {
			objects = append(objects, object)
		}
	}
}
