package main

import (
	"encoding/json"
	"fmt"

	"github.com/google/cel-go/cel"
	celtypes "github.com/google/cel-go/common/types"
	"stackc/oracle/core/jsonlines"
)

type conditionRequest struct {
	Keys       []string `json:"keys"`
	Expression string   `json:"expression"`
}

type conditionAnswer struct {
	Parses   bool `json:"parses"`
	Compiles bool `json:"compiles"`
	// Boolean says that the expression gives one for certain; of what is below
	// an object nobody knows.
	Boolean bool   `json:"boolean"`
	Error   string `json:"error,omitempty"`
}

// serveConditions says of each expression what the operator's environment makes of it.
func serveConditions() error {
	return jsonlines.Serve(func(line json.RawMessage) any {
		var request conditionRequest
		if err := json.Unmarshal(line, &request); err != nil {
			return jsonlines.Failure{Error: err.Error(), Phase: "request"}
		}
		answer, err := judge(request)
		if err != nil {
			return jsonlines.Failure{Error: err.Error(), Phase: "environment"}
		}
		return answer
	})
}

func judge(request conditionRequest) (conditionAnswer, error) {
	env, err := cel.NewEnv()
	if err != nil {
		return conditionAnswer{}, err
	}
	for _, key := range request.Keys {
		env, err = env.Extend(cel.Variable(key, celtypes.NewMapType(cel.StringType, cel.AnyType)))
		if err != nil {
			return conditionAnswer{}, fmt.Errorf("declare %q: %w", key, err)
		}
	}
	if _, issues := env.Parse(request.Expression); issues.Err() != nil {
		return conditionAnswer{Error: issues.Err().Error()}, nil
	}
	checked, issues := env.Compile(request.Expression)
	if issues.Err() != nil {
		return conditionAnswer{Parses: true, Error: issues.Err().Error()}, nil
	}
	return conditionAnswer{Parses: true, Compiles: true, Boolean: checked.OutputType().IsExactType(cel.BoolType)}, nil
}
