#include "compiler/ir/expr.h"

namespace stackc::ir {

std::string_view name_of(Live::Object object) {
  switch (object) {
    case Live::Object::Cluster:
      return "cluster";
    case Live::Object::ControlPlane:
      return "controlPlane";
    case Live::Object::InfraCluster:
      return "infraCluster";
  }
  return "";
}

Compare::Op opposite(Compare::Op op) {
  using Op = Compare::Op;
  switch (op) {
    case Op::Eq:
      return Op::Ne;
    case Op::Ne:
      return Op::Eq;
    case Op::Lt:
      return Op::Ge;
    case Op::Le:
      return Op::Gt;
    case Op::Gt:
      return Op::Le;
    case Op::Ge:
      return Op::Lt;
  }
  return op;
}

}  // namespace stackc::ir
