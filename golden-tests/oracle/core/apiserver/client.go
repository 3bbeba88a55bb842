package apiserver

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
)

// Client gives the controllers read access to a Server. Computing a new
// Cluster writes nothing, so the other methods are not implemented.
type Client struct {
	client.Client
	Server  *Server
	Objects *runtime.Scheme
}

func (c *Client) Scheme() *runtime.Scheme { return c.Objects }

func (c *Client) Get(ctx context.Context, key client.ObjectKey, object client.Object, _ ...client.GetOption) error {
	if metadata, ok := object.(*metav1.PartialObjectMetadata); ok && metadata.Kind == "CustomResourceDefinition" {
		labels, known := c.Server.CRDs.Labels(key.Name)
		if !known {
			return apierrors.NewNotFound(schema.GroupResource{Group: "apiextensions.k8s.io", Resource: "customresourcedefinitions"}, key.Name)
		}
		metadata.SetName(key.Name)
		metadata.SetLabels(labels)
		return nil
	}
	gvk, err := apiutil.GVKForObject(object, c.Objects)
	if err != nil {
		return err
	}
	found, err := c.Server.Get(ctx, gvk, key.Namespace, key.Name)
	if err != nil {
		return err
	}
	if untyped, ok := object.(*unstructured.Unstructured); ok {
		untyped.Object = found.Object
		return nil
	}
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(found.Object, object); err != nil {
		return fmt.Errorf("decode %s %s: %w", gvk.Kind, key, err)
	}
	return nil
}

// List finds nothing: a Cluster that does not exist yet has no objects.
func (c *Client) List(context.Context, client.ObjectList, ...client.ListOption) error { return nil }
