#pragma once

#include "compiler/emit/emit.h"

/// The artifacts of a release, one file each. Every function adds its files to the tree.
namespace stackc::emit {

void emit_cluster_class(const ir::Stack& stack, const ReleaseVersions& versions,
                        const lower::ClassObjects& objects, ClassTexts& texts, FileTree& files);

void emit_add_on(const ir::AddOn& add_on, const AddOnContent& content, FileTree& files);

void emit_stages(const ir::Stack& stack, FileTree& files);

void emit_metadata(const ir::Stack& stack, const ReleaseVersions& versions, FileTree& files);

/// For the operator's integration of the provider; nothing without images, or if there is none.
void emit_node_images(const ir::Stack& stack, FileTree& files);

/// For the OpenStack Image Manager; nothing if the stack has no disk images.
void emit_image_manager_list(const ir::Stack& stack, FileTree& files);

/// For the OpenStack Resource Controller: one object per image, if the provider is OpenStack's.
void emit_orc_images(const ir::Stack& stack, FileTree& files);

/// First line of a doc comment, or `otherwise` where there is none.
std::string summary(const std::string& doc, std::string otherwise);

/// Name of an image in the cloud: `ubuntu-capi-image-v1.34.7`.
std::string image_name(const ir::NodeImage& image);

/// The images of the stack that are files for disks; the others are container images.
std::vector<const ir::NodeImage*> disk_images(const ir::Stack& stack);

/// Sets the field unless the value is empty: the author gave none.
void set_if_given(Record& record, std::string name, const std::string& value);

}  // namespace stackc::emit
