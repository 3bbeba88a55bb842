// Package objects converts between typed and untyped objects.
package objects

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// FromUnstructured decodes an object into a Go type of its kind.
func FromUnstructured(object *unstructured.Unstructured, into runtime.Object) error {
	return runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, into)
}

// ToUnstructured encodes a typed object; Go types do not know their own kind.
func ToUnstructured(object runtime.Object, gvk schema.GroupVersionKind) (*unstructured.Unstructured, error) {
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		return nil, err
	}
	result := &unstructured.Unstructured{Object: content}
	result.SetGroupVersionKind(gvk)
	return result, nil
}

// List collects typed and untyped objects.
type List struct {
	// Version is the version of the typed objects.
	Version schema.GroupVersion

	objects []*unstructured.Unstructured
	err     error
}

// Untyped appends an object unless it is nil.
func (l *List) Untyped(object *unstructured.Unstructured) {
	if object != nil {
		l.objects = append(l.objects, object)
	}
}

// Typed appends a typed object.
func (l *List) Typed(object runtime.Object, kind string) {
	converted, err := ToUnstructured(object, l.Version.WithKind(kind))
	if err != nil {
		l.err = err
		return
	}
	l.objects = append(l.objects, converted)
}

// All returns the objects in the order they came in.
func (l *List) All() ([]*unstructured.Unstructured, error) { return l.objects, l.err }
