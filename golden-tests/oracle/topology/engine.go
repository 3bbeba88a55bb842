package main

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	bootstrapv1beta1 "sigs.k8s.io/cluster-api/api/bootstrap/kubeadm/v1beta1"
	bootstrapv1 "sigs.k8s.io/cluster-api/api/bootstrap/kubeadm/v1beta2"
	controlplanev1beta1 "sigs.k8s.io/cluster-api/api/controlplane/kubeadm/v1beta1"
	controlplanev1 "sigs.k8s.io/cluster-api/api/controlplane/kubeadm/v1beta2"
	clusterv1beta1 "sigs.k8s.io/cluster-api/api/core/v1beta1"
	clusterv1 "sigs.k8s.io/cluster-api/api/core/v1beta2"
	bootstrapadmission "sigs.k8s.io/cluster-api/bootstrap/kubeadm/webhooks/admission"
	controlplaneadmission "sigs.k8s.io/cluster-api/controlplane/kubeadm/webhooks/admission"
	controlplaneconversion "sigs.k8s.io/cluster-api/controlplane/kubeadm/webhooks/conversion"
	coreadmission "sigs.k8s.io/cluster-api/core/webhooks/admission"
	coreconversion "sigs.k8s.io/cluster-api/core/webhooks/conversion"
	"sigs.k8s.io/cluster-api/feature"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/webhook/conversion"

	"stackc/oracle/core/apiserver"
)

type engine struct {
	scheme     *runtime.Scheme
	converters conversion.Registry
}

func newEngine() (*engine, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clusterv1beta1.AddToScheme, clusterv1.AddToScheme,
		controlplanev1beta1.AddToScheme, controlplanev1.AddToScheme,
		bootstrapv1beta1.AddToScheme, bootstrapv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, fmt.Errorf("build the scheme: %w", err)
		}
	}
	if err := feature.MutableGates.Set(string(feature.ClusterTopology) + "=true"); err != nil {
		return nil, fmt.Errorf("switch on ClusterTopology: %w", err)
	}
	return &engine{scheme: scheme, converters: conversion.NewRegistry()}, nil
}

func (e *engine) Scheme() *runtime.Scheme { return e.scheme }

// registrar adds the registry of converters, which the manager of this
// release's controller-runtime has and that of older ones has not.
type registrar struct {
	*apiserver.Webhooks
	converters conversion.Registry
}

func (r registrar) GetConverterRegistry() conversion.Registry { return r.converters }

func (e *engine) RegisterWebhooks(webhooks *apiserver.Webhooks, crds *apiserver.CRDs) error {
	apiVersion := func(_ context.Context, gk schema.GroupKind) (string, error) {
		return crds.LatestAPIVersion(gk)
	}
	coreconversion.SetAPIVersionGetter(apiVersion)
	controlplaneconversion.SetAPIVersionGetter(apiVersion)

	manager := registrar{webhooks, e.converters}
	reader := webhooks.GetClient()
	for _, hook := range []interface{ SetupWebhookWithManager(ctrl.Manager) error }{
		&coreadmission.ClusterClass{Client: reader},
		&coreadmission.Cluster{Client: reader},
		&coreadmission.MachineDeployment{},
		&coreadmission.MachineHealthCheck{},
		&controlplaneadmission.KubeadmControlPlane{},
		&controlplaneadmission.KubeadmControlPlaneTemplate{},
		&bootstrapadmission.KubeadmConfig{},
		&bootstrapadmission.KubeadmConfigTemplate{},
	} {
		if err := hook.SetupWebhookWithManager(manager); err != nil {
			return fmt.Errorf("register the webhooks of %T: %w", hook, err)
		}
	}
	return nil
}
