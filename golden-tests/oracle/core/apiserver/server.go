package apiserver

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// Converter converts objects between the versions of their kind.
type Converter interface {
	// Convert reports false if it knows no conversion for the object's kind.
	Convert(ctx context.Context, object *unstructured.Unstructured, version string) (*unstructured.Unstructured, bool, error)
}

// Phase tells where the creation of an object failed.
type Phase string

const (
	PhaseCRD       Phase = "crd"       // decoding, pruning, schema validation
	PhaseAdmission Phase = "admission" // webhooks
)

// PhaseError is an error with the phase it happened in.
type PhaseError struct {
	Phase Phase
	Err   error
}

func (e *PhaseError) Error() string { return e.Err.Error() }
func (e *PhaseError) Unwrap() error { return e.Err }

// Server holds objects as the API server would after their creation.
type Server struct {
	CRDs      *CRDs
	Webhooks  *Webhooks
	Converter Converter

	objects map[key]*unstructured.Unstructured
}

type key struct {
	schema.GroupKind
	namespace, name string
}

func keyOf(object *unstructured.Unstructured) key {
	return key{object.GroupVersionKind().GroupKind(), object.GetNamespace(), object.GetName()}
}

// Reset forgets all objects.
func (s *Server) Reset() { s.objects = map[key]*unstructured.Unstructured{} }

// Create admits a new object and stores it.
func (s *Server) Create(ctx context.Context, object *unstructured.Unstructured) error {
	admitted, err := s.Admit(ctx, object)
	if err != nil {
		return err
	}
	admitted.SetGeneration(1)
	s.Put(admitted)
	return nil
}

// Put stores an object without any check.
func (s *Server) Put(object *unstructured.Unstructured) {
	s.objects[keyOf(object)] = object
}

// Admit takes a new object through decoding, webhooks and validation in the
// order of the API server, and returns it in its storage version. Kinds
// without a converter stay in the version given.
func (s *Server) Admit(ctx context.Context, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	gvk := object.GroupVersionKind()
	requested, err := s.CRDs.Schema(gvk)
	if err != nil {
		return nil, &PhaseError{PhaseCRD, err}
	}
	object = object.DeepCopy()
	// The status subresource cannot be set on creation.
	delete(object.Object, "status")
	if err := requested.Decode(object); err != nil {
		return nil, &PhaseError{PhaseCRD, fmt.Errorf("%s %q: %w", gvk.Kind, object.GetName(), err)}
	}
	resource := s.CRDs.resource(gvk.GroupKind())

	hub, err := s.toStorage(ctx, object)
	if err != nil {
		return nil, &PhaseError{PhaseCRD, err}
	}
	mutated, err := s.Webhooks.Mutate(ctx, hub, resource)
	if err != nil {
		return nil, &PhaseError{PhaseAdmission, err}
	}
	if mutated != nil {
		object, err = s.toVersion(ctx, mutated, gvk.Version)
		if err != nil {
			return nil, &PhaseError{PhaseCRD, err}
		}
		requested.Default(object)
	}
	// The schema that counts is the one of the requested version, after mutation.
	if err := requested.Validate(ctx, object); err != nil {
		return nil, &PhaseError{PhaseCRD, err}
	}
	hub, err = s.toStorage(ctx, object)
	if err != nil {
		return nil, &PhaseError{PhaseCRD, err}
	}
	if err := s.Webhooks.Validate(ctx, hub, resource); err != nil {
		return nil, &PhaseError{PhaseAdmission, err}
	}
	return hub, nil
}

// Get returns an object at the wanted version. Like the API server it applies
// defaults in the storage version and none after conversion.
func (s *Server) Get(ctx context.Context, gvk schema.GroupVersionKind, namespace, name string) (*unstructured.Unstructured, error) {
	if _, err := s.CRDs.Schema(gvk); err != nil {
		return nil, err
	}
	stored, ok := s.objects[key{gvk.GroupKind(), namespace, name}]
	if !ok {
		return nil, apierrors.NewNotFound(schema.GroupResource{Group: gvk.Group, Resource: s.CRDs.resource(gvk.GroupKind())}, name)
	}
	object := stored.DeepCopy()
	storage, err := s.CRDs.Schema(stored.GroupVersionKind())
	if err != nil {
		return nil, err
	}
	storage.Default(object)
	return s.toVersion(ctx, object, gvk.Version)
}

func (s *Server) toStorage(ctx context.Context, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	return s.toVersion(ctx, object, s.CRDs.storageVersion(object.GroupVersionKind().GroupKind()))
}

func (s *Server) toVersion(ctx context.Context, object *unstructured.Unstructured, version string) (*unstructured.Unstructured, error) {
	if object.GroupVersionKind().Version == version {
		return object, nil
	}
	converted, known, err := s.Converter.Convert(ctx, object, version)
	if err != nil {
		return nil, fmt.Errorf("convert %s %q to %s: %w", object.GetKind(), object.GetName(), version, err)
	}
	if !known {
		return object, nil
	}
	return converted, nil
}
