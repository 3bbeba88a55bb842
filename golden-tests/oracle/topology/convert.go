package main

import (
	"context"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
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
	if err := fromUnstructured(object, source); err != nil {
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
	converted, err := toUnstructured(target, to)
	return converted, true, err
}

func fromUnstructured(object *unstructured.Unstructured, into runtime.Object) error {
	return runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, into)
}

func toUnstructured(object runtime.Object, gvk schema.GroupVersionKind) (*unstructured.Unstructured, error) {
	content, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		return nil, err
	}
	result := &unstructured.Unstructured{Object: content}
	result.SetGroupVersionKind(gvk)
	return result, nil
}
