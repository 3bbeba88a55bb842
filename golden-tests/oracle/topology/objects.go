package main

import (
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	clusterv1 "sigs.k8s.io/cluster-api/api/core/v1beta2"
	"sigs.k8s.io/cluster-api/exp/topology/scope"

	"stackc/oracle/core/objects"
)

// listObjects puts the desired objects into the order that the README promises.
func listObjects(cluster *clusterv1.Cluster, desired *scope.ClusterState) ([]*unstructured.Unstructured, error) {
	list := &objects.List{Version: clusterv1.GroupVersion}
	list.Untyped(desired.InfrastructureCluster)
	list.Untyped(desired.ControlPlane.Object)
	list.Untyped(desired.ControlPlane.InfrastructureMachineTemplate)
	if check := desired.ControlPlane.MachineHealthCheck; check != nil {
		list.Typed(check, "MachineHealthCheck")
	}
	for _, topology := range cluster.Spec.Topology.Workers.MachineDeployments {
		workers := desired.MachineDeployments[topology.Name]
		list.Untyped(workers.BootstrapTemplate)
		list.Untyped(workers.InfrastructureMachineTemplate)
		list.Typed(workers.Object, "MachineDeployment")
		if workers.MachineHealthCheck != nil {
			list.Typed(workers.MachineHealthCheck, "MachineHealthCheck")
		}
	}
	for _, topology := range cluster.Spec.Topology.Workers.MachinePools {
		workers := desired.MachinePools[topology.Name]
		list.Untyped(workers.BootstrapObject)
		list.Untyped(workers.InfrastructureMachinePoolObject)
		list.Typed(workers.Object, "MachinePool")
	}
	list.Typed(desired.Cluster, "Cluster")
	return list.All()
}
