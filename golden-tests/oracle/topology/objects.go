package main

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	clusterv1 "sigs.k8s.io/cluster-api/api/core/v1beta2"
	"sigs.k8s.io/cluster-api/exp/topology/scope"
)

// objectList collects objects; it skips those the Cluster does not have.
type objectList struct {
	objects []*unstructured.Unstructured
	err     error
}

func (l *objectList) untyped(object *unstructured.Unstructured) {
	if object != nil {
		l.objects = append(l.objects, object)
	}
}

func (l *objectList) typed(object runtime.Object, kind string) {
	converted, err := toUnstructured(object, clusterv1.GroupVersion.WithKind(kind))
	if err != nil {
		l.err = err
		return
	}
	l.objects = append(l.objects, converted)
}

// listObjects puts the desired objects into the order that the README promises.
func listObjects(cluster *clusterv1.Cluster, desired *scope.ClusterState) ([]*unstructured.Unstructured, error) {
	list := &objectList{}
	list.untyped(desired.InfrastructureCluster)
	list.untyped(desired.ControlPlane.Object)
	list.untyped(desired.ControlPlane.InfrastructureMachineTemplate)
	if check := desired.ControlPlane.MachineHealthCheck; check != nil {
		list.typed(check, "MachineHealthCheck")
	}
	for _, topology := range cluster.Spec.Topology.Workers.MachineDeployments {
		workers := desired.MachineDeployments[topology.Name]
		list.untyped(workers.BootstrapTemplate)
		list.untyped(workers.InfrastructureMachineTemplate)
		list.typed(workers.Object, "MachineDeployment")
		if workers.MachineHealthCheck != nil {
			list.typed(workers.MachineHealthCheck, "MachineHealthCheck")
		}
	}
	for _, topology := range cluster.Spec.Topology.Workers.MachinePools {
		workers := desired.MachinePools[topology.Name]
		list.untyped(workers.BootstrapObject)
		list.untyped(workers.InfrastructureMachinePoolObject)
		list.typed(workers.Object, "MachinePool")
	}
	list.typed(desired.Cluster, "Cluster")
	return list.objects, list.err
}
