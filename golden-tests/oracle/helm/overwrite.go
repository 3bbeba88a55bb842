package main

import (
	"bytes"
	"fmt"
	"os"
	"text/template"

	sprig "github.com/go-task/slim-sprig"
	"gopkg.in/yaml.v3"
)

type overwriteRequest struct {
	File         string         `json:"file"`
	Cluster      map[string]any `json:"cluster"`
	ControlPlane map[string]any `json:"controlPlane"`
	InfraCluster map[string]any `json:"infraCluster"`
}

type overwriteAnswer struct {
	Values string `json:"values"`
}

// run reproduces the operator's buildTemplateFromClusterAddonValues, which is
// unexported: the same template library, the same functions (slim-sprig, a
// subset of sprig), the same YAML library. As in the operator, an object that
// the Cluster does not refer to is missing from the data altogether.
func (r *overwriteRequest) run() (*overwriteAnswer, error) {
	text, err := os.ReadFile(r.File)
	if err != nil {
		return nil, err
	}
	data := map[string]any{}
	for name, object := range map[string]map[string]any{
		"Cluster": r.Cluster, "ControlPlane": r.ControlPlane, "InfraCluster": r.InfraCluster,
	} {
		if object != nil {
			data[name] = object
		}
	}
	parsed, err := template.New("cluster-addon-values").Funcs(sprig.TxtFuncMap()).Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("failed to create new template: %w", err)
	}
	var rendered bytes.Buffer
	if err := parsed.Execute(&rendered, data); err != nil {
		return nil, fmt.Errorf("failed to execute the template: %w", err)
	}
	var content any
	if err := yaml.Unmarshal(rendered.Bytes(), &content); err != nil {
		return nil, fmt.Errorf("unmarshal expanded template: %w", err)
	}
	fields, ok := content.(map[string]any)
	if !ok {
		// The operator asserts the type without a check.
		return nil, fmt.Errorf("the operator panics: the rendered text is no map but %T", content)
	}
	if values, ok := fields["values"].(string); ok {
		return &overwriteAnswer{Values: values}, nil
	}
	return &overwriteAnswer{Values: rendered.String()}, nil
}
