package main

import (
	"context"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"stackc/oracle/core/objects"
)

// Convert uses the conversion functions that the webhooks were registered with.
func (e *engine) Convert(ctx context.Context, object *unstructured.Unstructured, version string) (*unstructured.Unstructured, bool, error) {
	from := object.GroupVersionKind()
	converter, ok := e.converters.GetConverter(from.GroupKind())
	if !ok {
		return nil, false, nil
	}
	source, err := e.scheme.New(from)
	if err != nil {
		return nil, true, err
	}
	if err := objects.FromUnstructured(object, source); err != nil {
		return nil, true, err
	}
	to := schema.GroupVersionKind{Group: from.Group, Version: version, Kind: from.Kind}
	target, err := e.scheme.New(to)
	if err != nil {
		return nil, true, err
	}
	target.GetObjectKind().SetGroupVersionKind(to)
	if err := converter.ConvertObject(ctx, source, target); err != nil {
		return nil, true, err
	}
	converted, err := objects.ToUnstructured(target, to)
	return converted, true, err
}
