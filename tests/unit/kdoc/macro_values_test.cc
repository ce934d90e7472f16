// SPDX-License-Identifier: GPL-2.0-only
// Numbers, lists, and what stays a name.
#include "macro_sample.h"

using namespace kapi;
using Strings = std::vector<std::string>;

TEST_CASE("what is not known stays as it is written") {
  const auto sample = macro_spec(R"(
	KAPI_PARAM(0, "flags", "int", "")
		KAPI_PARAM_CONSTRAINT_TYPE(KAPI_CONSTRAINT_MASK)
		KAPI_PARAM_VALID_MASK(X_ONE |
				      X_TWO)
	KAPI_PARAM_END
	KAPI_PARAM(1, "ts", "struct x", "")
		.type = KAPI_TYPE_USER_PTR, .size = sizeof(struct x),
	KAPI_PARAM_END
	KAPI_PARAM_COUNT(2)
	KAPI_ERROR(0, -EMYOWN, "EMYOWN", WHY, "") KAPI_ERROR_COUNT(1)
	.return_spec = { .type_name = "int", .check_type = KAPI_RETURN_ERROR_CHECK,
		.error_values = elsewhere, .error_count = 2 },
)");
  const Api& api = sample.api();
  CHECK(sample.problems() == Strings{});
  REQUIRE(api.params.size() == 2);
  CHECK(api.params[0].constraint == Constraint{"mask", {}, {}, {}, {}, {}, {}});
  CHECK(expression_of(api, "params/flags/constraint/mask") == "X_ONE | X_TWO");
  CHECK(!api.params[1].size);
  CHECK(expression_of(api, "params/ts/size") == "sizeof(struct x)");
  CHECK(expression_of(api, "errors/EMYOWN/code") == "-EMYOWN");
  CHECK(expression_of(api, "errors/EMYOWN/condition") == "WHY");
  CHECK(expression_of(api, "return/error_values") == "elsewhere");
  CHECK(api.unresolved.size() == 5);
}

TEST_CASE("names of an image, of headers and of the file itself") {
  Constants constants;
  constants.add("X_ONE", 1);
  constants.add_header("#define X_TWO 0x2\n");
  const MacroSample sample(R"(
#define X_FOUR (X_EIGHT / 2)
#define X_EIGHT (1 << 3)
DEFINE_KERNEL_API_SPEC(sys_x)
	KAPI_PARAM(0, "flags", "int", "")
		KAPI_PARAM_CONSTRAINT_TYPE(KAPI_CONSTRAINT_MASK)
		KAPI_PARAM_VALID_MASK(X_ONE | X_TWO | X_FOUR | BIT(40))
	KAPI_PARAM_END
	KAPI_PARAM_COUNT(1)
KAPI_END_SPEC;
)",
                           constants);
  const Api& api = sample.api();
  CHECK(api.unresolved.empty());
  REQUIRE(api.params.size() == 1);
  CHECK(api.params[0].constraint->mask == Bits{(uint64_t{1} << 40) | 7});
}

TEST_CASE("lists behind a pointer") {
  const MacroSample sample(R"(
static const s64 __initconst by_name[4] = { 5, [1] = 3, -2, };
static const char * const words[] = {
	"on", "off" };
static const s64 by_number[2] = { 1, 2 };
DEFINE_SYSFS_API_SPEC(mode)
	KAPI_PARAM(0, "mode", "string", "")
		.constraint_type = KAPI_CONSTRAINT_ENUM,
		KAPI_PARAM_ENUM_VALUES(by_name)
		KAPI_ALLOWED_STRINGS(words, ARRAY_SIZE(words))
	KAPI_PARAM_END
	KAPI_PARAM(1, "a", "int", "")
		.constraint_type = KAPI_CONSTRAINT_ENUM,
		KAPI_PARAM_ENUM_VALUES(((const s64[]){ 7, 8, 6 }))
	KAPI_PARAM_END
	KAPI_PARAM(2, "b", "int", "")
		.constraint_type = KAPI_CONSTRAINT_ENUM,
		.enum_values = (const s64[]){ 7, 8, 6 }, .enum_count = 2,
	KAPI_PARAM_END
	KAPI_PARAM(3, "c", "int", "")
		.constraint_type = KAPI_CONSTRAINT_ENUM,
		.enum_values = by_number, .enum_count = 2,
	KAPI_PARAM_END
	KAPI_PARAM_COUNT(4)
KAPI_END_SPEC;
)");
  const Api& api = sample.api();
  CHECK(api.unresolved.empty());
  CHECK(sample.problems() == Strings{"element-uncounted fs/x.c:18"});
  REQUIRE(api.params.size() == 4);
  CHECK(api.params[0].constraint->values == std::vector<int64_t>{-2, 3, 5});
  CHECK(api.params[0].allowed_strings == Strings{"off", "on"});
  CHECK(api.params[1].constraint->values == std::vector<int64_t>{6, 7, 8});
  CHECK(api.params[2].constraint->values == std::vector<int64_t>{7, 8});
  CHECK(api.params[3].constraint->values == std::vector<int64_t>{1, 2});
}

TEST_CASE("only the members that a type selects count") {
  const auto sample = macro_spec(R"(
	KAPI_PARAM(0, "a", "size_t", "")
		KAPI_PARAM_RANGE(UNKNOWN, SIZE_MAX)
	KAPI_PARAM_END
	KAPI_PARAM(1, "b", "size_t", "")
		.constraint_type = KAPI_CONSTRAINT_ALIGNMENT, .alignment = 4096, .valid_mask = 1,
	KAPI_PARAM_END
	KAPI_PARAM(2, "c", "void *", "")
		.constraint_type = KAPI_CONSTRAINT_BUFFER, KAPI_PARAM_SIZE_PARAM(1)
		.size_multiplier = 8, .size = 2,
	KAPI_PARAM_END
	KAPI_PARAM(3, "d", "char *", "")
		.constraint_type = KAPI_CONSTRAINT_USER_STRING, KAPI_PARAM_RANGE(0, 255)
	KAPI_PARAM_END
	KAPI_PARAM(4, "e", "void *", "")
		.constraint_type = KAPI_CONSTRAINT_CUSTOM, .flags = 1 << 20,
	KAPI_PARAM_END
	KAPI_PARAM_COUNT(5)
	KAPI_RETURN("long", "count") KAPI_RETURN_CHECK_TYPE(KAPI_RETURN_RANGE)
		KAPI_RETURN_SUCCESS_RANGE(0, INT_MAX) KAPI_RETURN_SUCCESS(5, "words")
	KAPI_RETURN_END
)");
  const Api& api = sample.api();
  CHECK(api.unresolved.empty());
  REQUIRE(api.params.size() == 5);
  CHECK(!api.params[0].constraint);
  CHECK(api.params[1].constraint == Constraint{"alignment", {}, {}, {}, {}, 4096, {}});
  CHECK(!api.params[1].alignment);
  CHECK(api.params[2].constraint == Constraint{"buffer", {}, {}, {}, {}, {}, {}});
  CHECK(api.params[2].size_param == 1);
  CHECK(api.params[2].size_multiplier == 8U);
  CHECK(api.params[2].size == 2U);
  CHECK(api.params[3].constraint == Constraint{"user_string", {}, 255, {}, {}, {}, {}});
  CHECK(api.params[4].constraint->type == "custom");
  CHECK(api.params[4].flags == Strings{"unknown_0x100000"});
  CHECK(api.return_->success_max == 2147483647);
  CHECK(!api.return_->success_value);
}
