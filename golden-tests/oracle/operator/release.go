package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/SovereignCloudStack/cluster-stack-operator/pkg/release"
	"gopkg.in/yaml.v3"
)

type releaseInfo struct {
	Tag               string             `json:"tag"`
	Provider          string             `json:"provider"`
	Name              string             `json:"name"`
	KubernetesVersion string             `json:"kubernetesVersion"`
	Versions          versionsInfo       `json:"versions"`
	ClusterClassChart string             `json:"clusterClassChart"`
	ClusterAddonChart string             `json:"clusterAddonChart"`
	Addons            []string           `json:"addons,omitempty"`
	Stages            map[string][]stage `json:"stages,omitempty"`
	NodeImages        any                `json:"nodeImages,omitempty"`
}

type versionsInfo struct {
	ClusterStack string `json:"clusterStack"`
	Kubernetes   string `json:"kubernetes"`
	ClusterAddon string `json:"clusterAddon"`
	NodeImage    string `json:"nodeImage"`
}

func loadRelease(directory string) (*releaseInfo, error) {
	loaded, err := newRelease(directory)
	if err != nil {
		return nil, err
	}
	if err := loaded.CheckHelmCharts(); err != nil {
		return nil, fmt.Errorf("failed to validate helm charts: %w", err)
	}
	info := &releaseInfo{
		Tag:               loaded.Tag,
		Provider:          loaded.ClusterStack.Provider,
		Name:              loaded.ClusterStack.Name,
		KubernetesVersion: loaded.ClusterStack.KubernetesVersion.String(),
		Versions: versionsInfo{
			ClusterStack: loaded.Meta.Versions.ClusterStack,
			Kubernetes:   loaded.Meta.Versions.Kubernetes,
			ClusterAddon: loaded.Meta.Versions.Components.ClusterAddon,
			NodeImage:    loaded.Meta.Versions.Components.NodeImage,
		},
		ClusterClassChart: filepath.Base(loaded.ClusterClassChartPath()),
		ClusterAddonChart: filepath.Base(loaded.ClusterAddonChartPath()),
	}
	// With a clusteraddon.yaml the archive holds one chart per add-on;
	// without it, it is itself the only chart.
	config := filepath.Join(directory, release.ClusterAddonYamlName)
	if _, err := os.Stat(config); err == nil {
		if info.Addons, err = topFolders(loaded.ClusterAddonChartPath()); err != nil {
			return nil, fmt.Errorf("failed to untar cluster addon chart: %w", err)
		}
		if info.Stages, err = loadStages(config, info.Addons); err != nil {
			return nil, err
		}
	}
	if info.NodeImages, err = loadNodeImages(directory); err != nil {
		return nil, err
	}
	return info, nil
}

// newRelease calls the operator's own loader. It expects its download layout,
// which a symbolic link provides for any directory.
func newRelease(directory string) (*release.Release, error) {
	absolute, err := filepath.Abs(directory)
	if err != nil {
		return nil, err
	}
	tag := filepath.Base(absolute)
	if info, err := os.Stat(absolute); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a directory", directory)
	}
	downloads, err := os.MkdirTemp("", "oracle-operator-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(downloads)
	stacks := filepath.Join(downloads, release.ClusterStackSuffix)
	if err := os.Mkdir(stacks, 0o700); err != nil {
		return nil, err
	}
	if err := os.Symlink(absolute, filepath.Join(stacks, tag)); err != nil {
		return nil, err
	}
	loaded, _, err := release.New(tag, downloads)
	if err != nil {
		return nil, err
	}
	loaded.LocalDownloadPath = absolute
	return &loaded, nil
}

// loadNodeImages reads node-images.yaml. The operator does not touch it: its
// reader is the provider integration, of which no Go module is published, so
// that only YAML syntax is checked here.
func loadNodeImages(directory string) (any, error) {
	text, err := os.ReadFile(filepath.Join(directory, "node-images.yaml"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var images map[string]any
	if err := yaml.Unmarshal(text, &images); err != nil {
		return nil, fmt.Errorf("failed to parse node-images.yaml: %w", err)
	}
	return images, nil
}
