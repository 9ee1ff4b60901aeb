// The example stacks, loaded and lowered as the program does it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/desired.h"
#include "stack/stack.h"

namespace support {

using Variables = std::vector<std::pair<std::string, std::string>>;

/// "exoscale-wordpress" → the stack in examples/exoscale-wordpress/stack.yaml; throws its faults.
stackctl::stack::Loaded load_example(const std::string& name, const Variables& variables = {});

/// The same for the text of a stack file.
stackctl::stack::Loaded load_text(const std::string& text);

/// The stack in `file`, a path in the source tree; throws its faults.
stackctl::stack::Loaded load_stack(const std::string& file);

/// The same of several files, each laid over those before it.
stackctl::stack::Loaded load_stacks(const std::vector<std::string>& files,
                                    const Variables& variables = {});

/// The native objects of an example.
stackctl::engine::Desired lower_example(const std::string& name,
                                        const stackctl::engine::Bindings& bindings,
                                        const Variables& variables = {});

}  // namespace support
