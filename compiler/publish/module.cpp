#include "compiler/publish/module.h"

#include "compiler/publish/chart_repository.h"
#include "compiler/publish/open_repository.h"

namespace stackc::publish {
namespace {

class LoadedPublisher : public Publisher {
 public:
  Result<std::unique_ptr<ReleaseRepository>> open_repository(const std::string& directory,
                                                             const OpenOptions& options) override {
    return publish::open_repository(directory, options);
  }
  Result<FetchedChart> fetch_chart(const ChartRequest& request) override {
    return publish::fetch_chart(request);
  }
};

}  // namespace
}  // namespace stackc::publish

extern "C" __attribute__((visibility("default"))) stackc::publish::Publisher*
STACKC_MODULE_FACTORY() {
  static stackc::publish::LoadedPublisher publisher;
  return &publisher;
}
