package main

import (
	"fmt"

	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chartutil"
)

type lintRequest struct {
	Chart       string `json:"chart"`
	Namespace   string `json:"namespace"`
	ValuesFile  string `json:"valuesFile"`
	KubeVersion string `json:"kubeVersion"`
	Strict      bool   `json:"strict"`
}

type lintAnswer struct {
	OK       bool     `json:"ok"`
	Messages []string `json:"messages"`
}

// run does what the command "helm lint" does for one chart.
func (r *lintRequest) run() (*lintAnswer, error) {
	lint := action.NewLint()
	lint.Strict = r.Strict
	lint.Namespace = r.Namespace
	if r.KubeVersion != "" {
		version, err := chartutil.ParseKubeVersion(r.KubeVersion)
		if err != nil {
			return nil, fmt.Errorf("invalid kube version '%s': %w", r.KubeVersion, err)
		}
		lint.KubeVersion = version
	}
	values, err := readValues(r.ValuesFile)
	if err != nil {
		return nil, err
	}
	result := lint.Run([]string{r.Chart}, values)
	answer := &lintAnswer{OK: len(result.Errors) == 0, Messages: []string{}}
	for _, message := range result.Messages {
		answer.Messages = append(answer.Messages, message.Error())
	}
	// Like the command, show bare errors only where there are no messages.
	if len(result.Messages) == 0 {
		for _, err := range result.Errors {
			answer.Messages = append(answer.Messages, err.Error())
		}
	}
	return answer, nil
}
