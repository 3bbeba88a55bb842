package session

import (
	"context"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// validate tells for each object why the API server would refuse to create
// it, or nothing.
func (s *Session) validate(ctx context.Context, objects []map[string]any, webhooks bool) any {
	verdicts := []*string{}
	for _, content := range objects {
		var verdict *string
		if err := s.refusal(ctx, &unstructured.Unstructured{Object: content}, webhooks); err != nil {
			text := err.Error()
			verdict = &text
		}
		verdicts = append(verdicts, verdict)
	}
	return struct {
		Results []*string `json:"results"`
	}{verdicts}
}

func (s *Session) refusal(ctx context.Context, object *unstructured.Unstructured, webhooks bool) error {
	if object.GetNamespace() == "" {
		object.SetNamespace(s.namespace)
	}
	if webhooks {
		_, err := s.server.Admit(ctx, object)
		return err
	}
	schema, err := s.server.CRDs.Schema(object.GroupVersionKind())
	if err != nil {
		return err
	}
	if err := schema.Decode(object); err != nil {
		return err
	}
	return schema.Validate(ctx, object)
}
