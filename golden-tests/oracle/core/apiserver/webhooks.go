package apiserver

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"github.com/go-logr/logr"
	admissionv1 "k8s.io/api/admission/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/manager"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

// Webhooks stands in for a controller manager: providers register their
// admission webhooks with it as they would with the real one. That works even
// where a release keeps the webhook code itself in internal packages.
type Webhooks struct {
	manager.Manager // nothing but the methods below is ever called

	scheme   *runtime.Scheme
	client   client.Client
	handlers map[string]http.Handler
}

// NewWebhooks returns an empty registry; the webhooks read through the client.
func NewWebhooks(scheme *runtime.Scheme, reader client.Client) *Webhooks {
	return &Webhooks{scheme: scheme, client: reader, handlers: map[string]http.Handler{}}
}

func (w *Webhooks) GetScheme() *runtime.Scheme       { return w.scheme }
func (w *Webhooks) GetClient() client.Client         { return w.client }
func (w *Webhooks) GetAPIReader() client.Reader      { return w.client }
func (w *Webhooks) GetConfig() *rest.Config          { return &rest.Config{} }
func (w *Webhooks) GetLogger() logr.Logger           { return logr.Discard() }
func (w *Webhooks) GetWebhookServer() webhook.Server { return recorder{handlers: w.handlers} }

// recorder is a webhook server that only remembers what was registered.
type recorder struct {
	webhook.Server
	handlers map[string]http.Handler
}

func (r recorder) Register(path string, handler http.Handler) { r.handlers[path] = handler }
func (r recorder) WebhookMux() *http.ServeMux                 { return nil }

// Mutate passes a new object through the defaulting webhook of its version,
// if any. It returns nil if that changes nothing.
func (w *Webhooks) Mutate(ctx context.Context, object *unstructured.Unstructured, resource string) (*unstructured.Unstructured, error) {
	response, err := w.call(ctx, "mutate", object, resource)
	if err != nil || len(response.Patch) == 0 {
		return nil, err
	}
	before, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	patch, err := jsonpatch.DecodePatch(response.Patch)
	if err != nil {
		return nil, fmt.Errorf("decode the webhook's patch: %w", err)
	}
	after, err := patch.Apply(before)
	if err != nil {
		return nil, fmt.Errorf("apply the webhook's patch: %w", err)
	}
	mutated := &unstructured.Unstructured{}
	if err := mutated.UnmarshalJSON(after); err != nil {
		return nil, fmt.Errorf("decode the mutated object: %w", err)
	}
	return mutated, nil
}

// Validate asks the validating webhook of the object's version, if any.
func (w *Webhooks) Validate(ctx context.Context, object *unstructured.Unstructured, resource string) error {
	_, err := w.call(ctx, "validate", object, resource)
	return err
}

func (w *Webhooks) call(ctx context.Context, kind string, object *unstructured.Unstructured, resource string) (admission.Response, error) {
	gvk := object.GroupVersionKind()
	handler, ok := w.handlers[webhookPath(kind, gvk)].(*admission.Webhook)
	if !ok {
		return admission.Response{}, nil
	}
	raw, err := json.Marshal(object)
	if err != nil {
		return admission.Response{}, err
	}
	response := handler.Handle(ctx, admission.Request{AdmissionRequest: admissionv1.AdmissionRequest{
		UID:       "oracle",
		Kind:      metav1.GroupVersionKind{Group: gvk.Group, Version: gvk.Version, Kind: gvk.Kind},
		Resource:  metav1.GroupVersionResource{Group: gvk.Group, Version: gvk.Version, Resource: resource},
		Name:      object.GetName(),
		Namespace: object.GetNamespace(),
		Operation: admissionv1.Create,
		Object:    runtime.RawExtension{Raw: raw},
	}})
	if !response.Allowed {
		return response, fmt.Errorf("%s", refusal(response.Result))
	}
	return response, nil
}

func refusal(status *metav1.Status) string {
	if status == nil {
		return "refused without a reason"
	}
	if status.Message == "" {
		return string(status.Reason)
	}
	return status.Message
}

// webhookPath is controller-runtime's naming scheme for webhook endpoints.
func webhookPath(kind string, gvk schema.GroupVersionKind) string {
	return "/" + kind + "-" + strings.ReplaceAll(gvk.Group, ".", "-") + "-" + gvk.Version + "-" + strings.ToLower(gvk.Kind)
}
