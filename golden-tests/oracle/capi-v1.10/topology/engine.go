package main

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	clusterv1 "sigs.k8s.io/cluster-api/api/v1beta1"
	bootstrapv1 "sigs.k8s.io/cluster-api/bootstrap/kubeadm/api/v1beta1"
	bootstrapwebhooks "sigs.k8s.io/cluster-api/bootstrap/kubeadm/webhooks"
	controlplanev1 "sigs.k8s.io/cluster-api/controlplane/kubeadm/api/v1beta1"
	controlplanewebhooks "sigs.k8s.io/cluster-api/controlplane/kubeadm/webhooks"
	"sigs.k8s.io/cluster-api/feature"
	"sigs.k8s.io/cluster-api/webhooks"
	ctrl "sigs.k8s.io/controller-runtime"

	"stackc/oracle/core/apiserver"
)

type engine struct {
	scheme *runtime.Scheme
	// clusterWebhook defaults variables once more when a Cluster is computed.
	clusterWebhook *webhooks.Cluster
}

func newEngine() (*engine, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clusterv1.AddToScheme, controlplanev1.AddToScheme, bootstrapv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, fmt.Errorf("build the scheme: %w", err)
		}
	}
	if err := feature.MutableGates.Set(string(feature.ClusterTopology) + "=true"); err != nil {
		return nil, fmt.Errorf("switch on ClusterTopology: %w", err)
	}
	return &engine{scheme: scheme}, nil
}

func (e *engine) Scheme() *runtime.Scheme { return e.scheme }

// Convert knows no conversion: v1beta1 is the only version this release serves.
func (e *engine) Convert(context.Context, *unstructured.Unstructured, string) (*unstructured.Unstructured, bool, error) {
	return nil, false, nil
}

func (e *engine) RegisterWebhooks(manager *apiserver.Webhooks, _ *apiserver.CRDs) error {
	reader := manager.GetClient()
	e.clusterWebhook = &webhooks.Cluster{Client: reader}
	for _, hook := range []interface{ SetupWebhookWithManager(ctrl.Manager) error }{
		&webhooks.ClusterClass{Client: reader},
		e.clusterWebhook,
		&webhooks.MachineDeployment{},
		&webhooks.MachineHealthCheck{},
		&controlplanewebhooks.KubeadmControlPlane{},
		&controlplanewebhooks.KubeadmControlPlaneTemplate{},
		&bootstrapwebhooks.KubeadmConfig{},
		&bootstrapwebhooks.KubeadmConfigTemplate{},
	} {
		if err := hook.SetupWebhookWithManager(manager); err != nil {
			return fmt.Errorf("register the webhooks of %T: %w", hook, err)
		}
	}
	return nil
}
