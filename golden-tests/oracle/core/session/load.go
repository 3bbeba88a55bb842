package session

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	"stackc/oracle/core/apiserver"
)

type loaded struct {
	OK bool `json:"ok"`
}

// load replaces everything loaded before by the objects of a manifest file; a
// failure leaves nothing loaded. Clusters without a namespace go where the
// ClusterClass is.
func (s *Session) load(ctx context.Context, file, namespace string) any {
	s.server.Reset()
	s.namespace = namespace
	if namespace == "" {
		s.namespace = "default"
	}
	if err := s.create(ctx, file); err != nil {
		s.server.Reset()
		return failure(err)
	}
	return loaded{OK: true}
}

func (s *Session) create(ctx context.Context, file string) error {
	objects, err := readManifests(file)
	if err != nil {
		return &apiserver.PhaseError{Phase: phaseLoad, Err: err}
	}
	var classes []*unstructured.Unstructured
	for _, object := range objects {
		if object.GetNamespace() == "" {
			object.SetNamespace(s.namespace)
		}
		if err := s.server.Create(ctx, object); err != nil {
			return err
		}
		if object.GetKind() == "ClusterClass" {
			classes = append(classes, object)
		}
	}
	for _, class := range classes {
		reconciled, err := s.engine.Reconcile(ctx, s.client, class)
		if err != nil {
			return &apiserver.PhaseError{Phase: phaseReconcile, Err: err}
		}
		s.server.Put(reconciled)
		s.namespace = class.GetNamespace()
	}
	return nil
}

// readManifests decodes a multi-document YAML file; duplicate keys are errors.
func readManifests(file string) ([]*unstructured.Unstructured, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var objects []*unstructured.Unstructured
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for number := 1; ; number++ {
		document, err := documents.Read()
		if err == io.EOF {
			return objects, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		content, err := yaml.YAMLToJSONStrict(document)
		if err != nil {
			return nil, fmt.Errorf("%s, document %d: %w", file, number, err)
		}
		if string(content) == "null" {
			continue
		}
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(content); err != nil {
			return nil, fmt.Errorf("%s, document %d: %w", file, number, err)
		}
		objects = append(objects, object)
	}
}
