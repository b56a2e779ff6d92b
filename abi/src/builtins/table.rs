//! The rows. A native is added here and implemented under its symbol in `runtime-library/`.

use super::{Class, Global, Native, Object, Property, PropertyValue, SymbolId};
use crate::image::object::{CONFIGURABLE, ENUMERABLE, WRITABLE};

/// Calls the macro `$with` with one `(Id, symbol, "name", length, constructor, properties, [wants])` row for each
/// native function, in the order of [`NativeId`].
#[macro_export]
macro_rules! for_each_native {
    ($with:ident) => {
        $with! {
            (Object, jrt_n_object, "Object", 1, true, Some(ObjectFunction), [])
            (ObjectAssign, jrt_n_object_assign, "assign", 2, false, None, [])
            (ObjectCreate, jrt_n_object_create, "create", 2, false, None, ["get", "set", "value", "writable", "enumerable", "configurable"])
            (ObjectDefineProperties, jrt_n_object_define_properties, "defineProperties", 2, false, None, ["get", "set", "value", "writable", "enumerable", "configurable"])
            (ObjectDefineProperty, jrt_n_object_define_property, "defineProperty", 3, false, None, ["get", "set", "value", "writable", "enumerable", "configurable"])
            (ObjectEntries, jrt_n_object_entries, "entries", 1, false, None, [])
            (ObjectFreeze, jrt_n_object_freeze, "freeze", 1, false, None, [])
            (ObjectFromEntries, jrt_n_object_from_entries, "fromEntries", 1, false, None, ["length"])
            (ObjectGetOwnPropertyDescriptor, jrt_n_object_get_own_property_descriptor, "getOwnPropertyDescriptor", 2, false, None, ["get", "set", "value", "writable", "enumerable", "configurable"])
            (ObjectGetOwnPropertyDescriptors, jrt_n_object_get_own_property_descriptors, "getOwnPropertyDescriptors", 1, false, None, ["get", "set", "value", "writable", "enumerable", "configurable"])
            (ObjectGetOwnPropertyNames, jrt_n_object_get_own_property_names, "getOwnPropertyNames", 1, false, None, [])
            (ObjectGetOwnPropertySymbols, jrt_n_object_get_own_property_symbols, "getOwnPropertySymbols", 1, false, None, [])
            (ObjectGetPrototypeOf, jrt_n_object_get_prototype_of, "getPrototypeOf", 1, false, None, [])
            (ObjectGroupBy, jrt_n_object_group_by, "groupBy", 2, false, None, [])
            (ObjectHasOwn, jrt_n_object_has_own, "hasOwn", 2, false, None, [])
            (ObjectIs, jrt_n_object_is, "is", 2, false, None, [])
            (ObjectIsExtensible, jrt_n_object_is_extensible, "isExtensible", 1, false, None, [])
            (ObjectIsFrozen, jrt_n_object_is_frozen, "isFrozen", 1, false, None, [])
            (ObjectIsSealed, jrt_n_object_is_sealed, "isSealed", 1, false, None, [])
            (ObjectKeys, jrt_n_object_keys, "keys", 1, false, None, [])
            (ObjectPreventExtensions, jrt_n_object_prevent_extensions, "preventExtensions", 1, false, None, [])
            (ObjectSeal, jrt_n_object_seal, "seal", 1, false, None, [])
            (ObjectSetPrototypeOf, jrt_n_object_set_prototype_of, "setPrototypeOf", 2, false, None, [])
            (ObjectValues, jrt_n_object_values, "values", 1, false, None, [])
            (ObjectHasOwnProperty, jrt_n_object_has_own_property, "hasOwnProperty", 1, false, None, [])
            (ObjectIsPrototypeOf, jrt_n_object_is_prototype_of, "isPrototypeOf", 1, false, None, [])
            (ObjectPropertyIsEnumerable, jrt_n_object_property_is_enumerable, "propertyIsEnumerable", 1, false, None, [])
            (ObjectToLocaleString, jrt_n_object_to_locale_string, "toLocaleString", 0, false, None, ["toString"])
            (ObjectToString, jrt_n_object_to_string, "toString", 0, false, None, [])
            (ObjectValueOf, jrt_n_object_value_of, "valueOf", 0, false, None, [])
            (ObjectGetProto, jrt_n_object_get_proto, "get __proto__", 0, false, None, [])
            (ObjectSetProto, jrt_n_object_set_proto, "set __proto__", 1, false, None, [])
            (ObjectDefineGetter, jrt_n_object_define_getter, "__defineGetter__", 2, false, None, [])
            (ObjectDefineSetter, jrt_n_object_define_setter, "__defineSetter__", 2, false, None, [])
            (ObjectLookupGetter, jrt_n_object_lookup_getter, "__lookupGetter__", 1, false, None, [])
            (ObjectLookupSetter, jrt_n_object_lookup_setter, "__lookupSetter__", 1, false, None, [])
            (ReflectApply, jrt_n_reflect_apply, "apply", 3, false, None, ["length"])
            (ReflectConstruct, jrt_n_reflect_construct, "construct", 2, false, None, ["length", "prototype"])
            (ReflectDefineProperty, jrt_n_reflect_define_property, "defineProperty", 3, false, None, ["get", "set", "value", "writable", "enumerable", "configurable"])
            (ReflectDeleteProperty, jrt_n_reflect_delete_property, "deleteProperty", 2, false, None, [])
            (ReflectGet, jrt_n_reflect_get, "get", 2, false, None, [])
            (ReflectGetOwnPropertyDescriptor, jrt_n_reflect_get_own_property_descriptor, "getOwnPropertyDescriptor", 2, false, None, ["get", "set", "value", "writable", "enumerable", "configurable"])
            (ReflectGetPrototypeOf, jrt_n_reflect_get_prototype_of, "getPrototypeOf", 1, false, None, [])
            (ReflectHas, jrt_n_reflect_has, "has", 2, false, None, [])
            (ReflectIsExtensible, jrt_n_reflect_is_extensible, "isExtensible", 1, false, None, [])
            (ReflectOwnKeys, jrt_n_reflect_own_keys, "ownKeys", 1, false, None, [])
            (ReflectPreventExtensions, jrt_n_reflect_prevent_extensions, "preventExtensions", 1, false, None, [])
            (ReflectSet, jrt_n_reflect_set, "set", 3, false, None, [])
            (ReflectSetPrototypeOf, jrt_n_reflect_set_prototype_of, "setPrototypeOf", 2, false, None, [])
            (Function, jrt_n_function, "Function", 1, true, Some(FunctionFunction), [])
            (AsyncFunction, jrt_n_async_function, "AsyncFunction", 1, true, Some(AsyncFunctionFunction), [])
            (GeneratorFunction, jrt_n_generator_function, "GeneratorFunction", 1, true, Some(GeneratorFunctionFunction), [])
            (AsyncGeneratorFunction, jrt_n_async_generator_function, "AsyncGeneratorFunction", 1, true, Some(AsyncGeneratorFunctionFunction), [])
            (Eval, jrt_n_eval, "eval", 1, false, None, ["message"])
            (FunctionApply, jrt_n_function_apply, "apply", 2, false, None, ["length"])
            (FunctionBind, jrt_n_function_bind, "bind", 1, false, None, [])
            (FunctionCall, jrt_n_function_call, "call", 1, false, None, [])
            (FunctionRestricted, jrt_n_function_restricted, "", 0, false, None, [])
            (FunctionToString, jrt_n_function_to_string, "toString", 0, false, None, ["name"])
            (Array, jrt_n_array, "Array", 1, true, Some(ArrayFunction), [])
            (ArrayFrom, jrt_n_array_from, "from", 1, false, None, ["length"])
            (ArrayIsArray, jrt_n_array_is_array, "isArray", 1, false, None, [])
            (ArrayOf, jrt_n_array_of, "of", 0, false, None, [])
            (ArrayAt, jrt_n_array_at, "at", 1, false, None, ["length"])
            (ArrayConcat, jrt_n_array_concat, "concat", 1, false, None, ["length"])
            (ArrayCopyWithin, jrt_n_array_copy_within, "copyWithin", 2, false, None, ["length"])
            (ArrayEvery, jrt_n_array_every, "every", 1, false, None, ["length"])
            (ArrayFill, jrt_n_array_fill, "fill", 1, false, None, ["length"])
            (ArrayFilter, jrt_n_array_filter, "filter", 1, false, None, ["length"])
            (ArrayFind, jrt_n_array_find, "find", 1, false, None, ["length"])
            (ArrayFindIndex, jrt_n_array_find_index, "findIndex", 1, false, None, ["length"])
            (ArrayFindLast, jrt_n_array_find_last, "findLast", 1, false, None, ["length"])
            (ArrayFindLastIndex, jrt_n_array_find_last_index, "findLastIndex", 1, false, None, ["length"])
            (ArrayFlat, jrt_n_array_flat, "flat", 0, false, None, ["length"])
            (ArrayFlatMap, jrt_n_array_flat_map, "flatMap", 1, false, None, ["length"])
            (ArrayForEach, jrt_n_array_for_each, "forEach", 1, false, None, ["length"])
            (ArrayIncludes, jrt_n_array_includes, "includes", 1, false, None, ["length"])
            (ArrayIndexOf, jrt_n_array_index_of, "indexOf", 1, false, None, ["length"])
            (ArrayJoin, jrt_n_array_join, "join", 1, false, None, ["length"])
            (ArrayLastIndexOf, jrt_n_array_last_index_of, "lastIndexOf", 1, false, None, ["length"])
            (ArrayMap, jrt_n_array_map, "map", 1, false, None, ["length"])
            (ArrayPop, jrt_n_array_pop, "pop", 0, false, None, ["length"])
            (ArrayPush, jrt_n_array_push, "push", 1, false, None, ["length"])
            (ArrayReduce, jrt_n_array_reduce, "reduce", 1, false, None, ["length"])
            (ArrayReduceRight, jrt_n_array_reduce_right, "reduceRight", 1, false, None, ["length"])
            (ArrayReverse, jrt_n_array_reverse, "reverse", 0, false, None, ["length"])
            (ArrayShift, jrt_n_array_shift, "shift", 0, false, None, ["length"])
            (ArraySlice, jrt_n_array_slice, "slice", 2, false, None, ["length"])
            (ArraySome, jrt_n_array_some, "some", 1, false, None, ["length"])
            (ArraySort, jrt_n_array_sort, "sort", 1, false, None, ["length"])
            (ArraySplice, jrt_n_array_splice, "splice", 2, false, None, ["length"])
            (ArrayToLocaleString, jrt_n_array_to_locale_string, "toLocaleString", 0, false, None, ["length", "toLocaleString"])
            (ArrayToString, jrt_n_array_to_string, "toString", 0, false, None, ["length"])
            (ArrayToReversed, jrt_n_array_to_reversed, "toReversed", 0, false, None, ["length"])
            (ArrayToSorted, jrt_n_array_to_sorted, "toSorted", 1, false, None, ["length"])
            (ArrayToSpliced, jrt_n_array_to_spliced, "toSpliced", 2, false, None, ["length"])
            (ArrayWith, jrt_n_array_with, "with", 2, false, None, ["length"])
            (ArrayUnshift, jrt_n_array_unshift, "unshift", 1, false, None, ["length"])
            (String, jrt_n_string, "String", 1, true, Some(StringFunction), [])
            (StringFromCharCode, jrt_n_string_from_char_code, "fromCharCode", 1, false, None, [])
            (StringFromCodePoint, jrt_n_string_from_code_point, "fromCodePoint", 1, false, None, [])
            (StringRaw, jrt_n_string_raw, "raw", 1, false, None, ["raw", "length"])
            (StringAt, jrt_n_string_at, "at", 1, false, None, [])
            (StringCharAt, jrt_n_string_char_at, "charAt", 1, false, None, [])
            (StringCharCodeAt, jrt_n_string_char_code_at, "charCodeAt", 1, false, None, [])
            (StringCodePointAt, jrt_n_string_code_point_at, "codePointAt", 1, false, None, [])
            (StringConcat, jrt_n_string_concat, "concat", 1, false, None, [])
            (StringEndsWith, jrt_n_string_ends_with, "endsWith", 1, false, None, [])
            (StringIncludes, jrt_n_string_includes, "includes", 1, false, None, [])
            (StringIndexOf, jrt_n_string_index_of, "indexOf", 1, false, None, [])
            (StringIsWellFormed, jrt_n_string_is_well_formed, "isWellFormed", 0, false, None, [])
            (StringLastIndexOf, jrt_n_string_last_index_of, "lastIndexOf", 1, false, None, [])
            (StringLocaleCompare, jrt_n_string_locale_compare, "localeCompare", 1, false, None, [])
            (StringMatch, jrt_n_string_match, "match", 1, false, None, ["index", "input", "groups", "indices"])
            (StringMatchAll, jrt_n_string_match_all, "matchAll", 1, false, None, ["index", "input", "groups", "indices"])
            (StringNormalize, jrt_n_string_normalize, "normalize", 0, false, None, [])
            (StringPadEnd, jrt_n_string_pad_end, "padEnd", 1, false, None, [])
            (StringPadStart, jrt_n_string_pad_start, "padStart", 1, false, None, [])
            (StringRepeat, jrt_n_string_repeat, "repeat", 1, false, None, [])
            (StringReplace, jrt_n_string_replace, "replace", 2, false, None, [])
            (StringReplaceAll, jrt_n_string_replace_all, "replaceAll", 2, false, None, [])
            (StringSearch, jrt_n_string_search, "search", 1, false, None, [])
            (StringSlice, jrt_n_string_slice, "slice", 2, false, None, [])
            (StringSplit, jrt_n_string_split, "split", 2, false, None, [])
            (StringStartsWith, jrt_n_string_starts_with, "startsWith", 1, false, None, [])
            (StringSubstr, jrt_n_string_substr, "substr", 2, false, None, [])
            (StringSubstring, jrt_n_string_substring, "substring", 2, false, None, [])
            (StringToLocaleLowerCase, jrt_n_string_to_locale_lower_case, "toLocaleLowerCase", 0, false, None, [])
            (StringToLocaleUpperCase, jrt_n_string_to_locale_upper_case, "toLocaleUpperCase", 0, false, None, [])
            (StringToLowerCase, jrt_n_string_to_lower_case, "toLowerCase", 0, false, None, [])
            (StringToString, jrt_n_string_to_string, "toString", 0, false, None, [])
            (StringToUpperCase, jrt_n_string_to_upper_case, "toUpperCase", 0, false, None, [])
            (StringToWellFormed, jrt_n_string_to_well_formed, "toWellFormed", 0, false, None, [])
            (StringTrim, jrt_n_string_trim, "trim", 0, false, None, [])
            (StringTrimEnd, jrt_n_string_trim_end, "trimEnd", 0, false, None, [])
            (StringTrimStart, jrt_n_string_trim_start, "trimStart", 0, false, None, [])
            (StringValueOf, jrt_n_string_value_of, "valueOf", 0, false, None, [])
            (Number, jrt_n_number, "Number", 1, true, Some(NumberFunction), [])
            (NumberIsFinite, jrt_n_number_is_finite, "isFinite", 1, false, None, [])
            (NumberIsInteger, jrt_n_number_is_integer, "isInteger", 1, false, None, [])
            (NumberIsNaN, jrt_n_number_is_nan, "isNaN", 1, false, None, [])
            (NumberIsSafeInteger, jrt_n_number_is_safe_integer, "isSafeInteger", 1, false, None, [])
            (NumberToExponential, jrt_n_number_to_exponential, "toExponential", 1, false, None, [])
            (NumberToFixed, jrt_n_number_to_fixed, "toFixed", 1, false, None, [])
            (NumberToLocaleString, jrt_n_number_to_locale_string, "toLocaleString", 0, false, None, [])
            (NumberToPrecision, jrt_n_number_to_precision, "toPrecision", 1, false, None, [])
            (NumberToString, jrt_n_number_to_string, "toString", 1, false, None, [])
            (NumberValueOf, jrt_n_number_value_of, "valueOf", 0, false, None, [])
            (Boolean, jrt_n_boolean, "Boolean", 1, true, Some(BooleanFunction), [])
            (BooleanToString, jrt_n_boolean_to_string, "toString", 0, false, None, [])
            (BooleanValueOf, jrt_n_boolean_value_of, "valueOf", 0, false, None, [])
            (Error, jrt_n_error, "Error", 1, true, Some(ErrorFunction), ["message", "name", "stack", "cause"])
            (TypeError, jrt_n_type_error, "TypeError", 1, true, Some(TypeErrorFunction), ["message", "name", "stack", "cause"])
            (RangeError, jrt_n_range_error, "RangeError", 1, true, Some(RangeErrorFunction), ["message", "name", "stack", "cause"])
            (ReferenceError, jrt_n_reference_error, "ReferenceError", 1, true, Some(ReferenceErrorFunction), ["message", "name", "stack", "cause"])
            (SyntaxError, jrt_n_syntax_error, "SyntaxError", 1, true, Some(SyntaxErrorFunction), ["message", "name", "stack", "cause"])
            (EvalError, jrt_n_eval_error, "EvalError", 1, true, Some(EvalErrorFunction), ["message", "name", "stack", "cause"])
            (UriError, jrt_n_uri_error, "URIError", 1, true, Some(UriErrorFunction), ["message", "name", "stack", "cause"])
            (AggregateError, jrt_n_aggregate_error, "AggregateError", 2, true, Some(AggregateErrorFunction), ["message", "name", "stack", "cause", "errors"])
            (ErrorToString, jrt_n_error_to_string, "toString", 0, false, None, ["message", "name"])
            (MathAbs, jrt_n_math_abs, "abs", 1, false, None, [])
            (MathAcos, jrt_n_math_acos, "acos", 1, false, None, [])
            (MathAcosh, jrt_n_math_acosh, "acosh", 1, false, None, [])
            (MathAsin, jrt_n_math_asin, "asin", 1, false, None, [])
            (MathAsinh, jrt_n_math_asinh, "asinh", 1, false, None, [])
            (MathAtan, jrt_n_math_atan, "atan", 1, false, None, [])
            (MathAtanh, jrt_n_math_atanh, "atanh", 1, false, None, [])
            (MathAtan2, jrt_n_math_atan2, "atan2", 2, false, None, [])
            (MathCeil, jrt_n_math_ceil, "ceil", 1, false, None, [])
            (MathCbrt, jrt_n_math_cbrt, "cbrt", 1, false, None, [])
            (MathExpm1, jrt_n_math_expm1, "expm1", 1, false, None, [])
            (MathClz32, jrt_n_math_clz32, "clz32", 1, false, None, [])
            (MathCos, jrt_n_math_cos, "cos", 1, false, None, [])
            (MathCosh, jrt_n_math_cosh, "cosh", 1, false, None, [])
            (MathExp, jrt_n_math_exp, "exp", 1, false, None, [])
            (MathFloor, jrt_n_math_floor, "floor", 1, false, None, [])
            (MathFround, jrt_n_math_fround, "fround", 1, false, None, [])
            (MathHypot, jrt_n_math_hypot, "hypot", 2, false, None, [])
            (MathImul, jrt_n_math_imul, "imul", 2, false, None, [])
            (MathLog, jrt_n_math_log, "log", 1, false, None, [])
            (MathLog1p, jrt_n_math_log1p, "log1p", 1, false, None, [])
            (MathLog2, jrt_n_math_log2, "log2", 1, false, None, [])
            (MathLog10, jrt_n_math_log10, "log10", 1, false, None, [])
            (MathMax, jrt_n_math_max, "max", 2, false, None, [])
            (MathMin, jrt_n_math_min, "min", 2, false, None, [])
            (MathPow, jrt_n_math_pow, "pow", 2, false, None, [])
            (MathRandom, jrt_n_math_random, "random", 0, false, None, [])
            (MathRound, jrt_n_math_round, "round", 1, false, None, [])
            (MathSign, jrt_n_math_sign, "sign", 1, false, None, [])
            (MathSin, jrt_n_math_sin, "sin", 1, false, None, [])
            (MathSinh, jrt_n_math_sinh, "sinh", 1, false, None, [])
            (MathSqrt, jrt_n_math_sqrt, "sqrt", 1, false, None, [])
            (MathTan, jrt_n_math_tan, "tan", 1, false, None, [])
            (MathTanh, jrt_n_math_tanh, "tanh", 1, false, None, [])
            (MathTrunc, jrt_n_math_trunc, "trunc", 1, false, None, [])
            (JsonParse, jrt_n_json_parse, "parse", 2, false, None, ["length"])
            (JsonStringify, jrt_n_json_stringify, "stringify", 3, false, None, ["toJSON", "length"])
            (ParseInt, jrt_n_parse_int, "parseInt", 2, false, None, [])
            (ParseFloat, jrt_n_parse_float, "parseFloat", 1, false, None, [])
            (IsNaN, jrt_n_is_nan, "isNaN", 1, false, None, [])
            (IsFinite, jrt_n_is_finite, "isFinite", 1, false, None, [])
            (EncodeUri, jrt_n_encode_uri, "encodeURI", 1, false, None, [])
            (EncodeUriComponent, jrt_n_encode_uri_component, "encodeURIComponent", 1, false, None, [])
            (DecodeUri, jrt_n_decode_uri, "decodeURI", 1, false, None, [])
            (DecodeUriComponent, jrt_n_decode_uri_component, "decodeURIComponent", 1, false, None, [])
            (ConsoleLog, jrt_n_console_log, "log", 0, false, None, [])
            (ConsoleError, jrt_n_console_error, "error", 0, false, None, [])
            (ConsoleWarn, jrt_n_console_warn, "warn", 0, false, None, [])
            (ConsoleInfo, jrt_n_console_info, "info", 0, false, None, [])
            (ConsoleDebug, jrt_n_console_debug, "debug", 0, false, None, [])
            (ConsoleLogPrimitive, jrt_n_console_log_primitive, "log", 0, false, None, [])
            (ConsoleLogParts, jrt_n_console_log_parts, "", 0, false, None, [])
            (ConsoleErrorPrimitive, jrt_n_console_error_primitive, "error", 0, false, None, [])
            (ConsoleWarnPrimitive, jrt_n_console_warn_primitive, "warn", 0, false, None, [])
            (ConsoleInfoPrimitive, jrt_n_console_info_primitive, "info", 0, false, None, [])
            (ConsoleDebugPrimitive, jrt_n_console_debug_primitive, "debug", 0, false, None, [])
            (Map, jrt_n_map, "Map", 0, true, Some(MapFunction), ["set"])
            (MapClear, jrt_n_map_clear, "clear", 0, false, None, [])
            (MapDelete, jrt_n_map_delete, "delete", 1, false, None, [])
            (MapEntries, jrt_n_map_entries, "entries", 0, false, None, [])
            (MapForEach, jrt_n_map_for_each, "forEach", 1, false, None, [])
            (MapGet, jrt_n_map_get, "get", 1, false, None, [])
            (MapGroupBy, jrt_n_map_group_by, "groupBy", 2, false, None, [])
            (MapHas, jrt_n_map_has, "has", 1, false, None, [])
            (MapKeys, jrt_n_map_keys, "keys", 0, false, None, [])
            (MapSet, jrt_n_map_set, "set", 2, false, None, [])
            (MapSize, jrt_n_map_size, "get size", 0, false, None, [])
            (MapValues, jrt_n_map_values, "values", 0, false, None, [])
            (MapIteratorNext, jrt_n_map_iterator_next, "next", 0, false, None, ["value", "done"])
            (Set, jrt_n_set, "Set", 0, true, Some(SetFunction), ["add"])
            (SetAdd, jrt_n_set_add, "add", 1, false, None, [])
            (SetClear, jrt_n_set_clear, "clear", 0, false, None, [])
            (SetDelete, jrt_n_set_delete, "delete", 1, false, None, [])
            (SetEntries, jrt_n_set_entries, "entries", 0, false, None, [])
            (SetForEach, jrt_n_set_for_each, "forEach", 1, false, None, [])
            (SetHas, jrt_n_set_has, "has", 1, false, None, [])
            (SetSize, jrt_n_set_size, "get size", 0, false, None, [])
            (SetValues, jrt_n_set_values, "values", 0, false, None, [])
            (SetIteratorNext, jrt_n_set_iterator_next, "next", 0, false, None, ["value", "done"])
            (SetUnion, jrt_n_set_union, "union", 1, false, None, ["size", "has", "keys", "next", "value", "done", "return"])
            (SetIntersection, jrt_n_set_intersection, "intersection", 1, false, None, ["size", "has", "keys", "next", "value", "done", "return"])
            (SetDifference, jrt_n_set_difference, "difference", 1, false, None, ["size", "has", "keys", "next", "value", "done", "return"])
            (SetSymmetricDifference, jrt_n_set_symmetric_difference, "symmetricDifference", 1, false, None, ["size", "has", "keys", "next", "value", "done", "return"])
            (SetIsSubsetOf, jrt_n_set_is_subset_of, "isSubsetOf", 1, false, None, ["size", "has", "keys", "next", "value", "done", "return"])
            (SetIsSupersetOf, jrt_n_set_is_superset_of, "isSupersetOf", 1, false, None, ["size", "has", "keys", "next", "value", "done", "return"])
            (SetIsDisjointFrom, jrt_n_set_is_disjoint_from, "isDisjointFrom", 1, false, None, ["size", "has", "keys", "next", "value", "done", "return"])
            (WeakMap, jrt_n_weak_map, "WeakMap", 0, true, Some(WeakMapFunction), ["set"])
            (WeakMapDelete, jrt_n_weak_map_delete, "delete", 1, false, None, [])
            (WeakMapGet, jrt_n_weak_map_get, "get", 1, false, None, [])
            (WeakMapHas, jrt_n_weak_map_has, "has", 1, false, None, [])
            (WeakMapSet, jrt_n_weak_map_set, "set", 2, false, None, [])
            (WeakSet, jrt_n_weak_set, "WeakSet", 0, true, Some(WeakSetFunction), ["add"])
            (WeakSetAdd, jrt_n_weak_set_add, "add", 1, false, None, [])
            (WeakSetDelete, jrt_n_weak_set_delete, "delete", 1, false, None, [])
            (WeakSetHas, jrt_n_weak_set_has, "has", 1, false, None, [])
            (CollectionContents, jrt_n_collection_contents, "", 1, false, None, [])
            (RegExp, jrt_n_reg_exp, "RegExp", 2, true, Some(RegExpFunction), ["lastIndex", "constructor"])
            (RegExpExec, jrt_n_reg_exp_exec, "exec", 1, false, None, ["index", "input", "groups", "indices"])
            (RegExpDotAll, jrt_n_reg_exp_dot_all, "get dotAll", 0, false, None, [])
            (RegExpFlags, jrt_n_reg_exp_flags, "get flags", 0, false, None, [])
            (RegExpGlobal, jrt_n_reg_exp_global, "get global", 0, false, None, [])
            (RegExpHasIndices, jrt_n_reg_exp_has_indices, "get hasIndices", 0, false, None, [])
            (RegExpIgnoreCase, jrt_n_reg_exp_ignore_case, "get ignoreCase", 0, false, None, [])
            (RegExpMultiline, jrt_n_reg_exp_multiline, "get multiline", 0, false, None, [])
            (RegExpSource, jrt_n_reg_exp_source, "get source", 0, false, None, [])
            (RegExpSticky, jrt_n_reg_exp_sticky, "get sticky", 0, false, None, [])
            (RegExpUnicode, jrt_n_reg_exp_unicode, "get unicode", 0, false, None, [])
            (RegExpToString, jrt_n_reg_exp_to_string, "toString", 0, false, None, [])
            (RegExpTest, jrt_n_reg_exp_test, "test", 1, false, None, [])
            (RegExpLiteral, jrt_n_reg_exp_literal, "", 1, false, None, ["lastIndex"])
            (RegExpMatch, jrt_n_reg_exp_match, "[Symbol.match]", 1, false, None, ["exec", "flags", "lastIndex"])
            (RegExpMatchAll, jrt_n_reg_exp_match_all, "[Symbol.matchAll]", 1, false, None, ["exec", "flags", "lastIndex", "constructor"])
            (RegExpReplace, jrt_n_reg_exp_replace, "[Symbol.replace]", 2, false, None, ["exec", "flags", "lastIndex", "groups", "index"])
            (RegExpSearch, jrt_n_reg_exp_search, "[Symbol.search]", 1, false, None, ["exec", "lastIndex", "index"])
            (RegExpSplit, jrt_n_reg_exp_split, "[Symbol.split]", 2, false, None, ["exec", "flags", "lastIndex", "constructor"])
            (RegExpNextMatch, jrt_n_reg_exp_next_match, "", 1, false, None, ["exec", "lastIndex"])
            (RegExpExecMethod, jrt_n_reg_exp_exec_method, "", 2, false, None, ["exec", "flags", "source", "hasIndices", "global", "ignoreCase", "multiline", "dotAll", "unicode", "sticky"])
            (RegExpStringIteratorNext, jrt_n_reg_exp_string_iterator_next, "next", 0, false, None, ["value", "done"])
            (Date, jrt_n_date, "Date", 7, true, Some(DateFunction), ["toString", "valueOf"])
            (DateNow, jrt_n_date_now, "now", 0, false, None, [])
            (DateParse, jrt_n_date_parse, "parse", 1, false, None, [])
            (DateUtc, jrt_n_date_utc, "UTC", 7, false, None, [])
            (DateInspect, jrt_n_date_inspect, "", 0, false, None, [])
            (DateToString, jrt_n_date_to_string, "toString", 0, false, None, [])
            (DateToDateString, jrt_n_date_to_date_string, "toDateString", 0, false, None, [])
            (DateToTimeString, jrt_n_date_to_time_string, "toTimeString", 0, false, None, [])
            (DateToIsoString, jrt_n_date_to_iso_string, "toISOString", 0, false, None, [])
            (DateToUtcString, jrt_n_date_to_utc_string, "toUTCString", 0, false, None, [])
            (DateGetDate, jrt_n_date_get_date, "getDate", 0, false, None, [])
            (DateSetDate, jrt_n_date_set_date, "setDate", 1, false, None, [])
            (DateGetDay, jrt_n_date_get_day, "getDay", 0, false, None, [])
            (DateGetFullYear, jrt_n_date_get_full_year, "getFullYear", 0, false, None, [])
            (DateSetFullYear, jrt_n_date_set_full_year, "setFullYear", 3, false, None, [])
            (DateGetHours, jrt_n_date_get_hours, "getHours", 0, false, None, [])
            (DateSetHours, jrt_n_date_set_hours, "setHours", 4, false, None, [])
            (DateGetMilliseconds, jrt_n_date_get_milliseconds, "getMilliseconds", 0, false, None, [])
            (DateSetMilliseconds, jrt_n_date_set_milliseconds, "setMilliseconds", 1, false, None, [])
            (DateGetMinutes, jrt_n_date_get_minutes, "getMinutes", 0, false, None, [])
            (DateSetMinutes, jrt_n_date_set_minutes, "setMinutes", 3, false, None, [])
            (DateGetMonth, jrt_n_date_get_month, "getMonth", 0, false, None, [])
            (DateSetMonth, jrt_n_date_set_month, "setMonth", 2, false, None, [])
            (DateGetSeconds, jrt_n_date_get_seconds, "getSeconds", 0, false, None, [])
            (DateSetSeconds, jrt_n_date_set_seconds, "setSeconds", 2, false, None, [])
            (DateGetTime, jrt_n_date_get_time, "getTime", 0, false, None, [])
            (DateSetTime, jrt_n_date_set_time, "setTime", 1, false, None, [])
            (DateGetTimezoneOffset, jrt_n_date_get_timezone_offset, "getTimezoneOffset", 0, false, None, [])
            (DateGetUtcDate, jrt_n_date_get_utc_date, "getUTCDate", 0, false, None, [])
            (DateSetUtcDate, jrt_n_date_set_utc_date, "setUTCDate", 1, false, None, [])
            (DateGetUtcDay, jrt_n_date_get_utc_day, "getUTCDay", 0, false, None, [])
            (DateGetUtcFullYear, jrt_n_date_get_utc_full_year, "getUTCFullYear", 0, false, None, [])
            (DateSetUtcFullYear, jrt_n_date_set_utc_full_year, "setUTCFullYear", 3, false, None, [])
            (DateGetUtcHours, jrt_n_date_get_utc_hours, "getUTCHours", 0, false, None, [])
            (DateSetUtcHours, jrt_n_date_set_utc_hours, "setUTCHours", 4, false, None, [])
            (DateGetUtcMilliseconds, jrt_n_date_get_utc_milliseconds, "getUTCMilliseconds", 0, false, None, [])
            (DateSetUtcMilliseconds, jrt_n_date_set_utc_milliseconds, "setUTCMilliseconds", 1, false, None, [])
            (DateGetUtcMinutes, jrt_n_date_get_utc_minutes, "getUTCMinutes", 0, false, None, [])
            (DateSetUtcMinutes, jrt_n_date_set_utc_minutes, "setUTCMinutes", 3, false, None, [])
            (DateGetUtcMonth, jrt_n_date_get_utc_month, "getUTCMonth", 0, false, None, [])
            (DateSetUtcMonth, jrt_n_date_set_utc_month, "setUTCMonth", 2, false, None, [])
            (DateGetUtcSeconds, jrt_n_date_get_utc_seconds, "getUTCSeconds", 0, false, None, [])
            (DateSetUtcSeconds, jrt_n_date_set_utc_seconds, "setUTCSeconds", 2, false, None, [])
            (DateValueOf, jrt_n_date_value_of, "valueOf", 0, false, None, [])
            (DateGetYear, jrt_n_date_get_year, "getYear", 0, false, None, [])
            (DateSetYear, jrt_n_date_set_year, "setYear", 1, false, None, [])
            (DateToJson, jrt_n_date_to_json, "toJSON", 1, false, None, ["toISOString"])
            (DateToLocaleString, jrt_n_date_to_locale_string, "toLocaleString", 0, false, None, [])
            (DateToLocaleDateString, jrt_n_date_to_locale_date_string, "toLocaleDateString", 0, false, None, [])
            (DateToLocaleTimeString, jrt_n_date_to_locale_time_string, "toLocaleTimeString", 0, false, None, [])
            (Print, jrt_n_print, "print", 0, false, None, [])
            (ArrayKeys, jrt_n_array_keys, "keys", 0, false, None, [])
            (ArrayValues, jrt_n_array_values, "values", 0, false, None, [])
            (ArrayEntries, jrt_n_array_entries, "entries", 0, false, None, [])
            (ArrayIteratorNext, jrt_n_array_iterator_next, "next", 0, false, None, ["value", "done", "length"])
            (StringIterator, jrt_n_string_iterator, "[Symbol.iterator]", 0, false, None, [])
            (StringIteratorNext, jrt_n_string_iterator_next, "next", 0, false, None, ["value", "done"])
            (IteratorThis, jrt_n_iterator_this, "[Symbol.iterator]", 0, false, None, [])
            (Symbol, jrt_n_symbol, "Symbol", 0, true, Some(SymbolFunction), [])
            (SymbolFor, jrt_n_symbol_for, "for", 1, false, None, [])
            (SymbolKeyFor, jrt_n_symbol_key_for, "keyFor", 1, false, None, [])
            (SymbolToString, jrt_n_symbol_to_string, "toString", 0, false, None, [])
            (SymbolValueOf, jrt_n_symbol_value_of, "valueOf", 0, false, None, [])
            (SymbolDescription, jrt_n_symbol_description, "get description", 0, false, None, [])
            (SymbolToPrimitive, jrt_n_symbol_to_primitive, "[Symbol.toPrimitive]", 1, false, None, [])
            (IterateStart, jrt_n_iterate_start, "", 0, false, None, ["next"])
            (IterateNext, jrt_n_iterate_next, "", 0, false, None, ["done", "value"])
            (IterateClose, jrt_n_iterate_close, "", 0, false, None, ["return"])
            (CustomPrimitive, jrt_n_custom_primitive, "", 0, false, None, [])
            (CustomInstance, jrt_n_custom_instance, "", 0, false, None, [])
            (CustomTag, jrt_n_custom_tag, "", 0, false, None, [])
            (SymbolText, jrt_n_symbol_text, "", 0, false, None, [])
            (SpeciesThis, jrt_n_species_this, "get [Symbol.species]", 0, false, None, [])
            (SpeciesOf, jrt_n_species_of, "", 0, false, None, [])
            (ArraySpecies, jrt_n_array_species, "", 0, false, None, [])
            (ConstructOther, jrt_n_construct_other, "", 0, false, None, [])
            (ConcatSpreadable, jrt_n_concat_spreadable, "", 0, false, None, [])
            (FunctionHasInstance, jrt_n_function_has_instance, "[Symbol.hasInstance]", 1, false, None, [])
            (DateToPrimitive, jrt_n_date_to_primitive, "[Symbol.toPrimitive]", 1, false, None, [])
            (ClassText, jrt_n_class_text, "", 0, false, None, ["name"])
            (GeneratorNext, jrt_n_generator_next, "next", 1, false, None, ["value", "done"])
            (GeneratorReturn, jrt_n_generator_return, "return", 1, false, None, ["value", "done"])
            (GeneratorThrow, jrt_n_generator_throw, "throw", 1, false, None, ["value", "done"])
            (GeneratorStep, jrt_n_generator_step, "", 0, false, None, ["value", "done"])
            (GeneratorStart, jrt_n_generator_start, "", 0, false, None, ["prototype"])
            (GeneratorDelegate, jrt_n_generator_delegate, "", 0, false, None, ["value", "done", "throw", "return"])
            (Promise, jrt_n_promise, "Promise", 1, true, Some(PromiseFunction), ["then", "prototype"])
            (PromiseThen, jrt_n_promise_then, "then", 2, false, None, ["then"])
            (PromiseCatch, jrt_n_promise_catch, "catch", 1, false, None, ["then"])
            (PromiseFinally, jrt_n_promise_finally, "finally", 1, false, None, ["then"])
            (PromiseResolveValue, jrt_n_promise_resolve_value, "resolve", 1, false, None, ["then"])
            (PromiseRejectValue, jrt_n_promise_reject_value, "reject", 1, false, None, [])
            (PromiseWithResolvers, jrt_n_promise_with_resolvers, "withResolvers", 0, false, None, ["promise", "resolve", "reject"])
            (PromiseAll, jrt_n_promise_all, "all", 1, false, None, ["then"])
            (PromiseAllSettled, jrt_n_promise_all_settled, "allSettled", 1, false, None, ["then", "status", "value", "reason"])
            (PromiseAny, jrt_n_promise_any, "any", 1, false, None, ["then", "errors", "message"])
            (PromiseRace, jrt_n_promise_race, "race", 1, false, None, ["then"])
            (PromiseExecutor, jrt_n_promise_executor, "", 2, false, None, [])
            (PromiseContents, jrt_n_promise_contents, "", 1, false, None, [])
            (PromiseFulfil, jrt_n_promise_fulfil, "", 2, false, None, ["then"])
            (PromiseReject, jrt_n_promise_reject, "", 2, false, None, [])
            (PromiseFinallyValue, jrt_n_promise_finally_value, "", 2, false, None, ["then"])
            (PromiseFinallyError, jrt_n_promise_finally_error, "", 2, false, None, ["then"])
            (PromisePassValue, jrt_n_promise_pass_value, "", 0, false, None, [])
            (PromisePassError, jrt_n_promise_pass_error, "", 0, false, None, [])
            (PromiseElement, jrt_n_promise_element, "", 4, false, None, ["then"])
            (AsyncStart, jrt_n_async_start, "", 0, false, None, ["then"])
            (AsyncGeneratorStart, jrt_n_async_generator_start, "", 0, false, None, ["prototype", "then", "value", "done"])
            (AsyncGeneratorResume, jrt_n_async_generator_resume, "", 0, false, None, ["value", "done", "then"])
            (AsyncGeneratorNext, jrt_n_async_generator_next, "next", 1, false, None, ["value", "done"])
            (AsyncGeneratorReturn, jrt_n_async_generator_return, "return", 1, false, None, ["value", "done"])
            (AsyncGeneratorThrow, jrt_n_async_generator_throw, "throw", 1, false, None, ["value", "done"])
            (AsyncIteratorThis, jrt_n_async_iterator_this, "[Symbol.asyncIterator]", 0, false, None, [])
            (AsyncIterateStart, jrt_n_async_iterate_start, "", 0, false, None, ["next"])
            (AsyncIterateStep, jrt_n_async_iterate_step, "", 0, false, None, ["next", "throw", "return", "value", "done"])
            (AsyncIterateClose, jrt_n_async_iterate_close, "", 0, false, None, ["return"])
            (AsyncIterateCheck, jrt_n_async_iterate_check, "", 0, false, None, [])
            (RunJobs, jrt_n_run_jobs, "", 0, false, None, ["then"])
            (QueueMicrotask, jrt_n_queue_microtask, "queueMicrotask", 1, false, None, [])
            (SetTimeout, jrt_n_set_timeout, "setTimeout", 2, false, None, [])
            (SetInterval, jrt_n_set_interval, "setInterval", 2, false, None, [])
            (ClearTimer, jrt_n_clear_timer, "clearTimeout", 1, false, None, [])
            (CopyProperties, jrt_n_copy_properties, "", 0, false, None, [])
            (TemplateObject, jrt_n_template_object, "", 0, false, None, ["raw"])
            (ModuleNamespace, jrt_n_module_namespace, "", 0, false, None, ["@@toStringTag"])
            (DefineMethod, jrt_n_define_method, "", 0, false, None, [])
            (SetFunctionName, jrt_n_set_function_name, "", 0, false, None, ["name"])
            (ClassPrototype, jrt_n_class_prototype, "", 0, false, None, ["prototype", "constructor"])
            (SuperGet, jrt_n_super_get, "", 0, false, None, [])
            (SuperSet, jrt_n_super_set, "", 0, false, None, [])
            (SuperCall, jrt_n_super_call, "", 0, false, None, ["prototype"])
            (SuperCallArray, jrt_n_super_call_array, "", 0, false, None, ["prototype"])
            (RequireObject, jrt_n_require_object, "", 0, false, None, [])
            (DefineOwnField, jrt_n_define_own_field, "", 0, false, None, [])
            (PrivateName, jrt_n_private_name, "", 0, false, None, [])
            (PrivateGet, jrt_n_private_get, "", 0, false, None, [])
            (PrivateSet, jrt_n_private_set, "", 0, false, None, [])
            (PrivateAdd, jrt_n_private_add, "", 0, false, None, [])
            (PrivateHas, jrt_n_private_has, "", 0, false, None, [])
            (StructuredClone, jrt_n_structured_clone, "structuredClone", 1, false, None, ["message", "name", "stack", "cause", "code", "lastIndex"])
            (PrivateMethods, jrt_n_private_methods, "", 0, false, None, [])
            (ArrayBuffer, jrt_n_array_buffer, "ArrayBuffer", 1, true, Some(ArrayBufferFunction), [])
            (ArrayBufferIsView, jrt_n_array_buffer_is_view, "isView", 1, false, None, [])
            (ArrayBufferByteLength, jrt_n_array_buffer_byte_length, "get byteLength", 0, false, None, [])
            (ArrayBufferSlice, jrt_n_array_buffer_slice, "slice", 2, false, None, [])
            (TypedArray, jrt_n_typed_array, "TypedArray", 0, true, Some(TypedArrayFunction), [])
            (TypedFrom, jrt_n_typed_from, "from", 1, false, None, ["length"])
            (TypedOf, jrt_n_typed_of, "of", 0, false, None, [])
            (TypedBuffer, jrt_n_typed_buffer, "get buffer", 0, false, None, [])
            (TypedByteLength, jrt_n_typed_byte_length, "get byteLength", 0, false, None, [])
            (TypedByteOffset, jrt_n_typed_byte_offset, "get byteOffset", 0, false, None, [])
            (TypedLength, jrt_n_typed_length, "get length", 0, false, None, [])
            (TypedTag, jrt_n_typed_tag, "get [Symbol.toStringTag]", 0, false, None, [])
            (TypedEntries, jrt_n_typed_entries, "entries", 0, false, None, [])
            (TypedKeys, jrt_n_typed_keys, "keys", 0, false, None, [])
            (TypedValues, jrt_n_typed_values, "values", 0, false, None, [])
            (TypedAt, jrt_n_typed_at, "at", 1, false, None, [])
            (TypedCopyWithin, jrt_n_typed_copy_within, "copyWithin", 2, false, None, [])
            (TypedEvery, jrt_n_typed_every, "every", 1, false, None, [])
            (TypedFill, jrt_n_typed_fill, "fill", 1, false, None, [])
            (TypedFilter, jrt_n_typed_filter, "filter", 1, false, None, [])
            (TypedFind, jrt_n_typed_find, "find", 1, false, None, [])
            (TypedFindIndex, jrt_n_typed_find_index, "findIndex", 1, false, None, [])
            (TypedFindLast, jrt_n_typed_find_last, "findLast", 1, false, None, [])
            (TypedFindLastIndex, jrt_n_typed_find_last_index, "findLastIndex", 1, false, None, [])
            (TypedForEach, jrt_n_typed_for_each, "forEach", 1, false, None, [])
            (TypedIncludes, jrt_n_typed_includes, "includes", 1, false, None, [])
            (TypedIndexOf, jrt_n_typed_index_of, "indexOf", 1, false, None, [])
            (TypedJoin, jrt_n_typed_join, "join", 1, false, None, [])
            (TypedLastIndexOf, jrt_n_typed_last_index_of, "lastIndexOf", 1, false, None, [])
            (TypedMap, jrt_n_typed_map, "map", 1, false, None, [])
            (TypedReverse, jrt_n_typed_reverse, "reverse", 0, false, None, [])
            (TypedReduce, jrt_n_typed_reduce, "reduce", 1, false, None, [])
            (TypedReduceRight, jrt_n_typed_reduce_right, "reduceRight", 1, false, None, [])
            (TypedSet, jrt_n_typed_set, "set", 1, false, None, ["length"])
            (TypedSlice, jrt_n_typed_slice, "slice", 2, false, None, [])
            (TypedSome, jrt_n_typed_some, "some", 1, false, None, [])
            (TypedSort, jrt_n_typed_sort, "sort", 1, false, None, [])
            (TypedSubarray, jrt_n_typed_subarray, "subarray", 2, false, None, [])
            (TypedToLocaleString, jrt_n_typed_to_locale_string, "toLocaleString", 0, false, None, ["toLocaleString"])
            (TypedToReversed, jrt_n_typed_to_reversed, "toReversed", 0, false, None, [])
            (TypedToSorted, jrt_n_typed_to_sorted, "toSorted", 1, false, None, [])
            (TypedWith, jrt_n_typed_with, "with", 2, false, None, [])
            (Int8Array, jrt_n_int8_array, "Int8Array", 3, true, Some(Int8ArrayFunction), ["length"])
            (Uint8Array, jrt_n_uint8_array, "Uint8Array", 3, true, Some(Uint8ArrayFunction), ["length"])
            (Uint8ClampedArray, jrt_n_uint8_clamped_array, "Uint8ClampedArray", 3, true, Some(Uint8ClampedArrayFunction), ["length"])
            (Int16Array, jrt_n_int16_array, "Int16Array", 3, true, Some(Int16ArrayFunction), ["length"])
            (Uint16Array, jrt_n_uint16_array, "Uint16Array", 3, true, Some(Uint16ArrayFunction), ["length"])
            (Int32Array, jrt_n_int32_array, "Int32Array", 3, true, Some(Int32ArrayFunction), ["length"])
            (Uint32Array, jrt_n_uint32_array, "Uint32Array", 3, true, Some(Uint32ArrayFunction), ["length"])
            (Float32Array, jrt_n_float32_array, "Float32Array", 3, true, Some(Float32ArrayFunction), ["length"])
            (Float64Array, jrt_n_float64_array, "Float64Array", 3, true, Some(Float64ArrayFunction), ["length"])
            (DataView, jrt_n_data_view, "DataView", 1, true, Some(DataViewFunction), [])
            (DataViewBuffer, jrt_n_data_view_buffer, "get buffer", 0, false, None, [])
            (DataViewByteLength, jrt_n_data_view_byte_length, "get byteLength", 0, false, None, [])
            (DataViewByteOffset, jrt_n_data_view_byte_offset, "get byteOffset", 0, false, None, [])
            (DataViewGetInt8, jrt_n_data_view_get_int8, "getInt8", 1, false, None, [])
            (DataViewSetInt8, jrt_n_data_view_set_int8, "setInt8", 2, false, None, [])
            (DataViewGetUint8, jrt_n_data_view_get_uint8, "getUint8", 1, false, None, [])
            (DataViewSetUint8, jrt_n_data_view_set_uint8, "setUint8", 2, false, None, [])
            (DataViewGetInt16, jrt_n_data_view_get_int16, "getInt16", 1, false, None, [])
            (DataViewSetInt16, jrt_n_data_view_set_int16, "setInt16", 2, false, None, [])
            (DataViewGetUint16, jrt_n_data_view_get_uint16, "getUint16", 1, false, None, [])
            (DataViewSetUint16, jrt_n_data_view_set_uint16, "setUint16", 2, false, None, [])
            (DataViewGetInt32, jrt_n_data_view_get_int32, "getInt32", 1, false, None, [])
            (DataViewSetInt32, jrt_n_data_view_set_int32, "setInt32", 2, false, None, [])
            (DataViewGetUint32, jrt_n_data_view_get_uint32, "getUint32", 1, false, None, [])
            (DataViewSetUint32, jrt_n_data_view_set_uint32, "setUint32", 2, false, None, [])
            (DataViewGetFloat32, jrt_n_data_view_get_float32, "getFloat32", 1, false, None, [])
            (DataViewSetFloat32, jrt_n_data_view_set_float32, "setFloat32", 2, false, None, [])
            (DataViewGetFloat64, jrt_n_data_view_get_float64, "getFloat64", 1, false, None, [])
            (DataViewSetFloat64, jrt_n_data_view_set_float64, "setFloat64", 2, false, None, [])
        }
    };
}

macro_rules! define_natives {
    ($(($id:ident, $symbol:ident, $name:literal, $length:literal, $ctor:literal, $props:expr, [$($want:literal),*]))*) => {
        /// Number of a native function, the same in every image that has it.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u16)]
        #[allow(missing_docs, reason = "the rows of the table say what each is")]
        pub enum NativeId { $($id),* }

        /// The rows, indexed by [`NativeId`].
        pub const NATIVES: &[Native] = {
            #[allow(unused_imports, reason = "a table may have no own properties")]
            use ObjectId::*;
            &[$(Native { symbol: stringify!($symbol), name: $name, length: $length, constructor: $ctor,
                         properties: $props, wants: &[$($want),*] }),*]
        };

        impl NativeId {
            /// All of them, in order.
            pub const ALL: &[NativeId] = &[$(NativeId::$id),*];
        }
    };
}
for_each_native!(define_natives);

macro_rules! define_objects {
    ($($id:ident $name:literal $class:ident $proto:expr => $properties:tt)*) => {
        /// Number of a built-in object; the runtime asks for some of them by it (through the image's table of intrinsics).
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        #[repr(u16)]
        #[allow(missing_docs, reason = "the rows of the table say what each is")]
        pub enum ObjectId { $($id),* }

        impl ObjectId {
            /// All of them, in order.
            pub const ALL: &[ObjectId] = &[$(ObjectId::$id),*];
        }

        /// The rows, indexed by [`ObjectId`].
        pub const OBJECTS: &[Object] = {
            use ObjectId::*;
            &[$(Object { name: $name, class: Class::$class, proto: $proto, properties: &$properties }),*]
        };
    };
}

/// A method: writable, configurable.
const fn method(id: NativeId) -> Property {
    Property {
        key: NATIVES[id as usize].name,
        value: PropertyValue::Native(id),
        attributes: WRITABLE | CONFIGURABLE,
    }
}

/// The property `constructor` of a prototype.
const fn constructor(id: NativeId) -> Property {
    Property { key: "constructor", value: PropertyValue::Native(id), attributes: WRITABLE | CONFIGURABLE }
}

/// The property `constructor` of the prototype of a kind of functions, which no assignment changes.
const fn fixed_constructor(id: NativeId) -> Property {
    Property { key: "constructor", value: PropertyValue::Native(id), attributes: CONFIGURABLE }
}

/// The property `constructor` of the prototype of generators, which is no function.
const fn made_by(id: ObjectId) -> Property {
    Property { key: "constructor", value: PropertyValue::Object(id), attributes: CONFIGURABLE }
}

/// The property `prototype` of a built-in constructor.
const fn prototype(id: ObjectId) -> Property {
    Property { key: "prototype", value: PropertyValue::Object(id), attributes: 0 }
}

/// A string property such as an error prototype's name.
const fn text(key: &'static str, value: &'static str) -> Property {
    Property { key, value: PropertyValue::String(value), attributes: WRITABLE | CONFIGURABLE }
}

/// A constant number such as `Math.PI`.
const fn number(key: &'static str, value: f64) -> Property {
    Property { key, value: PropertyValue::Number(value), attributes: 0 }
}

/// An accessor property.
const fn accessor(key: &'static str, getter: Option<NativeId>, setter: Option<NativeId>) -> Property {
    Property { key, value: PropertyValue::Accessor(getter, setter), attributes: CONFIGURABLE }
}

/// A method under a second name.
const fn alias(key: &'static str, id: NativeId) -> Property {
    Property { key, value: PropertyValue::Native(id), attributes: WRITABLE | CONFIGURABLE }
}

/// A method that enumerations show, as those of `console` are.
const fn shown(id: NativeId) -> Property {
    Property {
        key: NATIVES[id as usize].name,
        value: PropertyValue::Native(id),
        attributes: WRITABLE | ENUMERABLE | CONFIGURABLE,
    }
}

/// A name of a method that `with` would not find.
const fn unscopable(key: &'static str) -> Property {
    Property { key, value: PropertyValue::True, attributes: WRITABLE | ENUMERABLE | CONFIGURABLE }
}

/// A method whose key is a symbol.
const fn symbol_method(key: SymbolId, id: NativeId) -> Property {
    Property { key: key.key(), value: PropertyValue::Native(id), attributes: WRITABLE | CONFIGURABLE }
}

/// What `Object.prototype.toString` calls the objects that have it.
const fn tag(text: &'static str) -> Property {
    Property {
        key: SymbolId::ToStringTag.key(),
        value: PropertyValue::String(text),
        attributes: CONFIGURABLE,
    }
}

/// The getter by which a constructor says what its methods make.
const SPECIES: Property = accessor(SymbolId::Species.key(), Some(NativeId::SpeciesThis), None);

/// A well-known symbol as a property of `Symbol`.
const fn symbol(key: &'static str, id: SymbolId) -> Property {
    Property { key, value: PropertyValue::Symbol(id), attributes: 0 }
}

/// A function in the global scope.
const fn function(name: &'static str, id: NativeId) -> Global {
    Global { name, value: PropertyValue::Native(id), writable: true }
}

/// An object in the global scope.
const fn object(name: &'static str, id: ObjectId) -> Global {
    Global { name, value: PropertyValue::Object(id), writable: true }
}

define_objects! {
    ObjectPrototype "Object.prototype" Object None => [
        constructor(NativeId::Object),
        method(NativeId::ObjectHasOwnProperty),
        method(NativeId::ObjectIsPrototypeOf),
        method(NativeId::ObjectPropertyIsEnumerable),
        method(NativeId::ObjectToString),
        method(NativeId::ObjectValueOf),
        accessor("__proto__", Some(NativeId::ObjectGetProto), Some(NativeId::ObjectSetProto)),
        method(NativeId::ObjectToLocaleString),
        method(NativeId::ObjectDefineGetter),
        method(NativeId::ObjectDefineSetter),
        method(NativeId::ObjectLookupGetter),
        method(NativeId::ObjectLookupSetter),
    ]
    ObjectFunction "Object" FunctionProperties None => [
        prototype(ObjectPrototype),
        method(NativeId::ObjectAssign),
        method(NativeId::ObjectGetOwnPropertyDescriptor),
        method(NativeId::ObjectGetOwnPropertyDescriptors),
        method(NativeId::ObjectGetOwnPropertyNames),
        method(NativeId::ObjectGetOwnPropertySymbols),
        method(NativeId::ObjectHasOwn),
        method(NativeId::ObjectIs),
        method(NativeId::ObjectPreventExtensions),
        method(NativeId::ObjectSeal),
        method(NativeId::ObjectCreate),
        method(NativeId::ObjectDefineProperties),
        method(NativeId::ObjectDefineProperty),
        method(NativeId::ObjectFreeze),
        method(NativeId::ObjectGetPrototypeOf),
        method(NativeId::ObjectSetPrototypeOf),
        method(NativeId::ObjectIsExtensible),
        method(NativeId::ObjectIsFrozen),
        method(NativeId::ObjectIsSealed),
        method(NativeId::ObjectKeys),
        method(NativeId::ObjectEntries),
        method(NativeId::ObjectFromEntries),
        method(NativeId::ObjectValues),
        method(NativeId::ObjectGroupBy),
    ]
    FunctionPrototype "Function.prototype" Function Some(ObjectPrototype) => [
        method(NativeId::FunctionApply),
        method(NativeId::FunctionBind),
        method(NativeId::FunctionCall),
        method(NativeId::FunctionToString),
        constructor(NativeId::Function),
        accessor("caller", Some(NativeId::FunctionRestricted), Some(NativeId::FunctionRestricted)),
        accessor("arguments", Some(NativeId::FunctionRestricted), Some(NativeId::FunctionRestricted)),
        Property {
            key: SymbolId::HasInstance.key(),
            value: PropertyValue::Native(NativeId::FunctionHasInstance),
            attributes: 0,
        },
    ]
    FunctionFunction "Function" FunctionProperties None => [
        prototype(FunctionPrototype),
    ]
    ArrayPrototype "Array.prototype" Array Some(ObjectPrototype) => [
        constructor(NativeId::Array),
        method(NativeId::ArrayAt),
        method(NativeId::ArrayConcat),
        method(NativeId::ArrayCopyWithin),
        method(NativeId::ArrayFill),
        method(NativeId::ArrayFind),
        method(NativeId::ArrayFindIndex),
        method(NativeId::ArrayFindLast),
        method(NativeId::ArrayFindLastIndex),
        method(NativeId::ArrayLastIndexOf),
        method(NativeId::ArrayPop),
        method(NativeId::ArrayPush),
        method(NativeId::ArrayReverse),
        method(NativeId::ArrayShift),
        method(NativeId::ArrayUnshift),
        method(NativeId::ArraySlice),
        method(NativeId::ArraySort),
        method(NativeId::ArraySplice),
        method(NativeId::ArrayIncludes),
        method(NativeId::ArrayIndexOf),
        method(NativeId::ArrayJoin),
        method(NativeId::ArrayForEach),
        method(NativeId::ArrayFilter),
        method(NativeId::ArrayFlat),
        method(NativeId::ArrayFlatMap),
        method(NativeId::ArrayMap),
        method(NativeId::ArrayEvery),
        method(NativeId::ArraySome),
        method(NativeId::ArrayReduce),
        method(NativeId::ArrayReduceRight),
        method(NativeId::ArrayToLocaleString),
        method(NativeId::ArrayToString),
        method(NativeId::ArrayToReversed),
        method(NativeId::ArrayToSorted),
        method(NativeId::ArrayToSpliced),
        method(NativeId::ArrayWith),
        method(NativeId::ArrayEntries),
        method(NativeId::ArrayKeys),
        method(NativeId::ArrayValues),
        symbol_method(SymbolId::Iterator, NativeId::ArrayValues),
        Property {
            key: SymbolId::Unscopables.key(),
            value: PropertyValue::Object(ArrayUnscopables),
            attributes: CONFIGURABLE,
        },
    ]
    ArrayUnscopables "Array.prototype[Symbol.unscopables]" Object None => [
        unscopable("at"),
        unscopable("copyWithin"),
        unscopable("entries"),
        unscopable("fill"),
        unscopable("find"),
        unscopable("findIndex"),
        unscopable("findLast"),
        unscopable("findLastIndex"),
        unscopable("flat"),
        unscopable("flatMap"),
        unscopable("includes"),
        unscopable("keys"),
        unscopable("toReversed"),
        unscopable("toSorted"),
        unscopable("toSpliced"),
        unscopable("values"),
    ]
    ArrayFunction "Array" FunctionProperties None => [
        prototype(ArrayPrototype),
        method(NativeId::ArrayIsArray),
        method(NativeId::ArrayFrom),
        method(NativeId::ArrayOf),
        SPECIES,
    ]
    StringPrototype "String.prototype" String Some(ObjectPrototype) => [
        constructor(NativeId::String),
        method(NativeId::StringAt),
        method(NativeId::StringCharAt),
        method(NativeId::StringCharCodeAt),
        method(NativeId::StringCodePointAt),
        method(NativeId::StringConcat),
        method(NativeId::StringEndsWith),
        method(NativeId::StringIncludes),
        method(NativeId::StringIndexOf),
        method(NativeId::StringIsWellFormed),
        method(NativeId::StringLastIndexOf),
        method(NativeId::StringLocaleCompare),
        method(NativeId::StringMatch),
        method(NativeId::StringMatchAll),
        method(NativeId::StringNormalize),
        method(NativeId::StringPadEnd),
        method(NativeId::StringPadStart),
        method(NativeId::StringRepeat),
        method(NativeId::StringReplace),
        method(NativeId::StringReplaceAll),
        method(NativeId::StringSearch),
        method(NativeId::StringSlice),
        method(NativeId::StringSplit),
        method(NativeId::StringSubstr),
        method(NativeId::StringSubstring),
        method(NativeId::StringStartsWith),
        method(NativeId::StringToString),
        method(NativeId::StringToWellFormed),
        method(NativeId::StringTrim),
        method(NativeId::StringTrimStart),
        alias("trimLeft", NativeId::StringTrimStart),
        method(NativeId::StringTrimEnd),
        alias("trimRight", NativeId::StringTrimEnd),
        method(NativeId::StringToLocaleLowerCase),
        method(NativeId::StringToLocaleUpperCase),
        method(NativeId::StringToLowerCase),
        method(NativeId::StringToUpperCase),
        method(NativeId::StringValueOf),
        symbol_method(SymbolId::Iterator, NativeId::StringIterator),
    ]
    StringFunction "String" FunctionProperties None => [
        prototype(StringPrototype),
        method(NativeId::StringFromCharCode),
        method(NativeId::StringFromCodePoint),
        method(NativeId::StringRaw),
    ]
    NumberPrototype "Number.prototype" Number Some(ObjectPrototype) => [
        constructor(NativeId::Number),
        method(NativeId::NumberToExponential),
        method(NativeId::NumberToFixed),
        method(NativeId::NumberToPrecision),
        method(NativeId::NumberToString),
        method(NativeId::NumberValueOf),
        method(NativeId::NumberToLocaleString),
    ]
    NumberFunction "Number" FunctionProperties None => [
        prototype(NumberPrototype),
        method(NativeId::NumberIsFinite),
        method(NativeId::NumberIsInteger),
        method(NativeId::NumberIsNaN),
        method(NativeId::NumberIsSafeInteger),
        method(NativeId::ParseFloat),
        method(NativeId::ParseInt),
        number("MAX_VALUE", f64::MAX),
        number("MIN_VALUE", f64::from_bits(1)),
        number("NaN", f64::NAN),
        number("NEGATIVE_INFINITY", f64::NEG_INFINITY),
        number("POSITIVE_INFINITY", f64::INFINITY),
        number("MAX_SAFE_INTEGER", 9_007_199_254_740_991.0),
        number("MIN_SAFE_INTEGER", -9_007_199_254_740_991.0),
        number("EPSILON", f64::EPSILON),
    ]
    BooleanPrototype "Boolean.prototype" Boolean Some(ObjectPrototype) => [
        constructor(NativeId::Boolean),
        method(NativeId::BooleanToString),
        method(NativeId::BooleanValueOf),
    ]
    BooleanFunction "Boolean" FunctionProperties None => [
        prototype(BooleanPrototype),
    ]
    ErrorPrototype "Error.prototype" Error Some(ObjectPrototype) => [
        constructor(NativeId::Error),
        text("name", "Error"),
        text("message", ""),
        method(NativeId::ErrorToString),
    ]
    ErrorFunction "Error" FunctionProperties None => [
        prototype(ErrorPrototype),
    ]
    TypeErrorPrototype "TypeError.prototype" Error Some(ErrorPrototype) => [
        constructor(NativeId::TypeError),
        text("name", "TypeError"),
        text("message", ""),
    ]
    TypeErrorFunction "TypeError" FunctionProperties Some(ErrorFunction) => [
        prototype(TypeErrorPrototype),
    ]
    RangeErrorPrototype "RangeError.prototype" Error Some(ErrorPrototype) => [
        constructor(NativeId::RangeError),
        text("name", "RangeError"),
        text("message", ""),
    ]
    RangeErrorFunction "RangeError" FunctionProperties Some(ErrorFunction) => [
        prototype(RangeErrorPrototype),
    ]
    ReferenceErrorPrototype "ReferenceError.prototype" Error Some(ErrorPrototype) => [
        constructor(NativeId::ReferenceError),
        text("name", "ReferenceError"),
        text("message", ""),
    ]
    ReferenceErrorFunction "ReferenceError" FunctionProperties Some(ErrorFunction) => [
        prototype(ReferenceErrorPrototype),
    ]
    SyntaxErrorPrototype "SyntaxError.prototype" Error Some(ErrorPrototype) => [
        constructor(NativeId::SyntaxError),
        text("name", "SyntaxError"),
        text("message", ""),
    ]
    SyntaxErrorFunction "SyntaxError" FunctionProperties Some(ErrorFunction) => [
        prototype(SyntaxErrorPrototype),
    ]
    EvalErrorPrototype "EvalError.prototype" Error Some(ErrorPrototype) => [
        constructor(NativeId::EvalError),
        text("name", "EvalError"),
        text("message", ""),
    ]
    EvalErrorFunction "EvalError" FunctionProperties Some(ErrorFunction) => [
        prototype(EvalErrorPrototype),
    ]
    UriErrorPrototype "URIError.prototype" Error Some(ErrorPrototype) => [
        constructor(NativeId::UriError),
        text("name", "URIError"),
        text("message", ""),
    ]
    UriErrorFunction "URIError" FunctionProperties Some(ErrorFunction) => [
        prototype(UriErrorPrototype),
    ]
    AggregateErrorPrototype "AggregateError.prototype" Error Some(ErrorPrototype) => [
        constructor(NativeId::AggregateError),
        text("name", "AggregateError"),
        text("message", ""),
    ]
    AggregateErrorFunction "AggregateError" FunctionProperties Some(ErrorFunction) => [
        prototype(AggregateErrorPrototype),
    ]
    Math "Math" Object Some(ObjectPrototype) => [
        method(NativeId::MathAbs),
        method(NativeId::MathAcos),
        method(NativeId::MathAcosh),
        method(NativeId::MathAsin),
        method(NativeId::MathAsinh),
        method(NativeId::MathAtan),
        method(NativeId::MathAtanh),
        method(NativeId::MathAtan2),
        method(NativeId::MathCeil),
        method(NativeId::MathCbrt),
        method(NativeId::MathExpm1),
        method(NativeId::MathClz32),
        method(NativeId::MathCos),
        method(NativeId::MathCosh),
        method(NativeId::MathExp),
        method(NativeId::MathFloor),
        method(NativeId::MathFround),
        method(NativeId::MathHypot),
        method(NativeId::MathImul),
        method(NativeId::MathLog),
        method(NativeId::MathLog1p),
        method(NativeId::MathLog2),
        method(NativeId::MathLog10),
        method(NativeId::MathMax),
        method(NativeId::MathMin),
        method(NativeId::MathPow),
        method(NativeId::MathRandom),
        method(NativeId::MathRound),
        method(NativeId::MathSign),
        method(NativeId::MathSin),
        method(NativeId::MathSinh),
        method(NativeId::MathSqrt),
        method(NativeId::MathTan),
        method(NativeId::MathTanh),
        method(NativeId::MathTrunc),
        number("E", core::f64::consts::E),
        number("LN10", core::f64::consts::LN_10),
        number("LN2", core::f64::consts::LN_2),
        number("LOG10E", core::f64::consts::LOG10_E),
        number("LOG2E", core::f64::consts::LOG2_E),
        number("PI", core::f64::consts::PI),
        number("SQRT1_2", core::f64::consts::FRAC_1_SQRT_2),
        number("SQRT2", core::f64::consts::SQRT_2),
        tag("Math"),
    ]
    Json "JSON" Object Some(ObjectPrototype) => [
        method(NativeId::JsonParse),
        method(NativeId::JsonStringify),
        tag("JSON"),
    ]
    Reflect "Reflect" Object Some(ObjectPrototype) => [
        method(NativeId::ReflectApply),
        method(NativeId::ReflectConstruct),
        method(NativeId::ReflectDefineProperty),
        method(NativeId::ReflectDeleteProperty),
        method(NativeId::ReflectGet),
        method(NativeId::ReflectGetOwnPropertyDescriptor),
        method(NativeId::ReflectGetPrototypeOf),
        method(NativeId::ReflectHas),
        method(NativeId::ReflectIsExtensible),
        method(NativeId::ReflectOwnKeys),
        method(NativeId::ReflectPreventExtensions),
        method(NativeId::ReflectSet),
        method(NativeId::ReflectSetPrototypeOf),
        tag("Reflect"),
    ]
    Console "console" Object Some(ObjectPrototype) => [
        shown(NativeId::ConsoleLog),
        shown(NativeId::ConsoleWarn),
        shown(NativeId::ConsoleDebug),
        shown(NativeId::ConsoleInfo),
        shown(NativeId::ConsoleError),
    ]
    IteratorPrototype "Iterator.prototype" Object Some(ObjectPrototype) => [
        symbol_method(SymbolId::Iterator, NativeId::IteratorThis),
    ]
    MapPrototype "Map.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::Map),
        method(NativeId::MapGet),
        method(NativeId::MapSet),
        method(NativeId::MapHas),
        method(NativeId::MapDelete),
        method(NativeId::MapClear),
        method(NativeId::MapEntries),
        method(NativeId::MapForEach),
        method(NativeId::MapKeys),
        accessor("size", Some(NativeId::MapSize), None),
        method(NativeId::MapValues),
        tag("Map"),
        symbol_method(SymbolId::Iterator, NativeId::MapEntries),
    ]
    MapFunction "Map" FunctionProperties None => [
        prototype(MapPrototype),
        SPECIES,
        method(NativeId::MapGroupBy),
    ]
    MapIteratorPrototype "Map Iterator" Object Some(IteratorPrototype) => [
        method(NativeId::MapIteratorNext),
        tag("Map Iterator"),
    ]
    SetPrototype "Set.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::Set),
        method(NativeId::SetHas),
        method(NativeId::SetAdd),
        method(NativeId::SetDelete),
        method(NativeId::SetClear),
        method(NativeId::SetEntries),
        method(NativeId::SetForEach),
        accessor("size", Some(NativeId::SetSize), None),
        method(NativeId::SetValues),
        alias("keys", NativeId::SetValues),
        method(NativeId::SetUnion),
        method(NativeId::SetIntersection),
        method(NativeId::SetDifference),
        method(NativeId::SetSymmetricDifference),
        method(NativeId::SetIsSubsetOf),
        method(NativeId::SetIsSupersetOf),
        method(NativeId::SetIsDisjointFrom),
        tag("Set"),
        symbol_method(SymbolId::Iterator, NativeId::SetValues),
    ]
    SetFunction "Set" FunctionProperties None => [
        prototype(SetPrototype),
        SPECIES,
    ]
    SetIteratorPrototype "Set Iterator" Object Some(IteratorPrototype) => [
        method(NativeId::SetIteratorNext),
        tag("Set Iterator"),
    ]
    WeakMapPrototype "WeakMap.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::WeakMap),
        method(NativeId::WeakMapDelete),
        method(NativeId::WeakMapGet),
        method(NativeId::WeakMapSet),
        method(NativeId::WeakMapHas),
        tag("WeakMap"),
    ]
    WeakMapFunction "WeakMap" FunctionProperties None => [
        prototype(WeakMapPrototype),
    ]
    WeakSetPrototype "WeakSet.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::WeakSet),
        method(NativeId::WeakSetDelete),
        method(NativeId::WeakSetHas),
        method(NativeId::WeakSetAdd),
        tag("WeakSet"),
    ]
    WeakSetFunction "WeakSet" FunctionProperties None => [
        prototype(WeakSetPrototype),
    ]
    RegExpPrototype "RegExp.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::RegExp),
        method(NativeId::RegExpExec),
        accessor("dotAll", Some(NativeId::RegExpDotAll), None),
        accessor("flags", Some(NativeId::RegExpFlags), None),
        accessor("global", Some(NativeId::RegExpGlobal), None),
        accessor("hasIndices", Some(NativeId::RegExpHasIndices), None),
        accessor("ignoreCase", Some(NativeId::RegExpIgnoreCase), None),
        accessor("multiline", Some(NativeId::RegExpMultiline), None),
        accessor("source", Some(NativeId::RegExpSource), None),
        accessor("sticky", Some(NativeId::RegExpSticky), None),
        accessor("unicode", Some(NativeId::RegExpUnicode), None),
        method(NativeId::RegExpToString),
        method(NativeId::RegExpTest),
        symbol_method(SymbolId::Match, NativeId::RegExpMatch),
        symbol_method(SymbolId::MatchAll, NativeId::RegExpMatchAll),
        symbol_method(SymbolId::Replace, NativeId::RegExpReplace),
        symbol_method(SymbolId::Search, NativeId::RegExpSearch),
        symbol_method(SymbolId::Split, NativeId::RegExpSplit),
    ]
    RegExpFunction "RegExp" FunctionProperties None => [
        prototype(RegExpPrototype),
        SPECIES,
    ]
    RegExpStringIteratorPrototype "RegExp String Iterator" Object Some(IteratorPrototype) => [
        method(NativeId::RegExpStringIteratorNext),
        tag("RegExp String Iterator"),
    ]
    DatePrototype "Date.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::Date),
        method(NativeId::DateToString),
        method(NativeId::DateToDateString),
        method(NativeId::DateToTimeString),
        method(NativeId::DateToIsoString),
        method(NativeId::DateToUtcString),
        alias("toGMTString", NativeId::DateToUtcString),
        method(NativeId::DateGetDate),
        method(NativeId::DateSetDate),
        method(NativeId::DateGetDay),
        method(NativeId::DateGetFullYear),
        method(NativeId::DateSetFullYear),
        method(NativeId::DateGetHours),
        method(NativeId::DateSetHours),
        method(NativeId::DateGetMilliseconds),
        method(NativeId::DateSetMilliseconds),
        method(NativeId::DateGetMinutes),
        method(NativeId::DateSetMinutes),
        method(NativeId::DateGetMonth),
        method(NativeId::DateSetMonth),
        method(NativeId::DateGetSeconds),
        method(NativeId::DateSetSeconds),
        method(NativeId::DateGetTime),
        method(NativeId::DateSetTime),
        method(NativeId::DateGetTimezoneOffset),
        method(NativeId::DateGetUtcDate),
        method(NativeId::DateSetUtcDate),
        method(NativeId::DateGetUtcDay),
        method(NativeId::DateGetUtcFullYear),
        method(NativeId::DateSetUtcFullYear),
        method(NativeId::DateGetUtcHours),
        method(NativeId::DateSetUtcHours),
        method(NativeId::DateGetUtcMilliseconds),
        method(NativeId::DateSetUtcMilliseconds),
        method(NativeId::DateGetUtcMinutes),
        method(NativeId::DateSetUtcMinutes),
        method(NativeId::DateGetUtcMonth),
        method(NativeId::DateSetUtcMonth),
        method(NativeId::DateGetUtcSeconds),
        method(NativeId::DateSetUtcSeconds),
        method(NativeId::DateValueOf),
        method(NativeId::DateGetYear),
        method(NativeId::DateSetYear),
        method(NativeId::DateToJson),
        method(NativeId::DateToLocaleString),
        method(NativeId::DateToLocaleDateString),
        method(NativeId::DateToLocaleTimeString),
        Property {
            key: SymbolId::ToPrimitive.key(),
            value: PropertyValue::Native(NativeId::DateToPrimitive),
            attributes: CONFIGURABLE,
        },
    ]
    DateFunction "Date" FunctionProperties None => [
        prototype(DatePrototype),
        method(NativeId::DateNow),
        method(NativeId::DateParse),
        method(NativeId::DateUtc),
    ]
    Arguments "Arguments" Object Some(ObjectPrototype) => [
        accessor("callee", Some(NativeId::FunctionRestricted), Some(NativeId::FunctionRestricted)),
        symbol_method(SymbolId::Iterator, NativeId::ArrayValues),
    ]
    SymbolPrototype "Symbol.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::Symbol),
        method(NativeId::SymbolToString),
        method(NativeId::SymbolValueOf),
        accessor("description", Some(NativeId::SymbolDescription), None),
        tag("Symbol"),
        Property {
            key: SymbolId::ToPrimitive.key(),
            value: PropertyValue::Native(NativeId::SymbolToPrimitive),
            attributes: CONFIGURABLE,
        },
    ]
    SymbolFunction "Symbol" FunctionProperties None => [
        prototype(SymbolPrototype),
        method(NativeId::SymbolFor),
        method(NativeId::SymbolKeyFor),
        symbol("asyncIterator", SymbolId::AsyncIterator),
        symbol("hasInstance", SymbolId::HasInstance),
        symbol("iterator", SymbolId::Iterator),
        symbol("toPrimitive", SymbolId::ToPrimitive),
        symbol("toStringTag", SymbolId::ToStringTag),
        symbol("species", SymbolId::Species),
        symbol("isConcatSpreadable", SymbolId::IsConcatSpreadable),
        symbol("unscopables", SymbolId::Unscopables),
        symbol("match", SymbolId::Match),
        symbol("matchAll", SymbolId::MatchAll),
        symbol("replace", SymbolId::Replace),
        symbol("search", SymbolId::Search),
        symbol("split", SymbolId::Split),
    ]
    PromisePrototype "Promise.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::Promise),
        method(NativeId::PromiseThen),
        method(NativeId::PromiseCatch),
        method(NativeId::PromiseFinally),
        tag("Promise"),
    ]
    PromiseFunction "Promise" FunctionProperties None => [
        prototype(PromisePrototype),
        SPECIES,
        method(NativeId::PromiseAll),
        method(NativeId::PromiseAllSettled),
        method(NativeId::PromiseAny),
        method(NativeId::PromiseRace),
        alias("resolve", NativeId::PromiseResolveValue),
        alias("reject", NativeId::PromiseRejectValue),
        method(NativeId::PromiseWithResolvers),
    ]
    AsyncIteratorPrototype "AsyncIterator.prototype" Object Some(ObjectPrototype) => [
        symbol_method(SymbolId::AsyncIterator, NativeId::AsyncIteratorThis),
    ]
    AsyncGeneratorPrototype "AsyncGenerator" Object Some(AsyncIteratorPrototype) => [
        method(NativeId::AsyncGeneratorNext),
        method(NativeId::AsyncGeneratorReturn),
        method(NativeId::AsyncGeneratorThrow),
        made_by(AsyncGeneratorFunctionPrototype),
        tag("AsyncGenerator"),
    ]
    AsyncFunctionPrototype "AsyncFunction.prototype" Object Some(FunctionPrototype) => [
        fixed_constructor(NativeId::AsyncFunction),
        tag("AsyncFunction"),
    ]
    AsyncFunctionFunction "AsyncFunction" FunctionProperties Some(FunctionFunction) => [
        prototype(AsyncFunctionPrototype),
    ]
    GeneratorFunctionPrototype "GeneratorFunction.prototype" Object Some(FunctionPrototype) => [
        fixed_constructor(NativeId::GeneratorFunction),
        Property {
            key: "prototype",
            value: PropertyValue::Object(GeneratorPrototype),
            attributes: CONFIGURABLE,
        },
        tag("GeneratorFunction"),
    ]
    GeneratorFunctionFunction "GeneratorFunction" FunctionProperties Some(FunctionFunction) => [
        prototype(GeneratorFunctionPrototype),
    ]
    AsyncGeneratorFunctionPrototype "AsyncGeneratorFunction.prototype" Object Some(FunctionPrototype) => [
        fixed_constructor(NativeId::AsyncGeneratorFunction),
        Property {
            key: "prototype",
            value: PropertyValue::Object(AsyncGeneratorPrototype),
            attributes: CONFIGURABLE,
        },
        tag("AsyncGeneratorFunction"),
    ]
    AsyncGeneratorFunctionFunction "AsyncGeneratorFunction" FunctionProperties Some(FunctionFunction) => [
        prototype(AsyncGeneratorFunctionPrototype),
    ]
    GeneratorPrototype "Generator" Object Some(IteratorPrototype) => [
        method(NativeId::GeneratorNext),
        method(NativeId::GeneratorReturn),
        method(NativeId::GeneratorThrow),
        made_by(GeneratorFunctionPrototype),
        tag("Generator"),
    ]
    ArrayIteratorPrototype "Array Iterator" Object Some(IteratorPrototype) => [
        method(NativeId::ArrayIteratorNext),
        tag("Array Iterator"),
    ]
    StringIteratorPrototype "String Iterator" Object Some(IteratorPrototype) => [
        method(NativeId::StringIteratorNext),
        tag("String Iterator"),
    ]
    ArrayBufferPrototype "ArrayBuffer.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::ArrayBuffer),
        accessor("byteLength", Some(NativeId::ArrayBufferByteLength), None),
        method(NativeId::ArrayBufferSlice),
        tag("ArrayBuffer"),
    ]
    ArrayBufferFunction "ArrayBuffer" FunctionProperties None => [
        prototype(ArrayBufferPrototype),
        SPECIES,
        method(NativeId::ArrayBufferIsView),
    ]
    TypedArrayPrototype "TypedArray.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::TypedArray),
        accessor("buffer", Some(NativeId::TypedBuffer), None),
        accessor("byteLength", Some(NativeId::TypedByteLength), None),
        accessor("byteOffset", Some(NativeId::TypedByteOffset), None),
        accessor("length", Some(NativeId::TypedLength), None),
        method(NativeId::TypedEntries),
        method(NativeId::TypedKeys),
        method(NativeId::TypedValues),
        method(NativeId::TypedAt),
        method(NativeId::TypedCopyWithin),
        method(NativeId::TypedEvery),
        method(NativeId::TypedFill),
        method(NativeId::TypedFilter),
        method(NativeId::TypedFind),
        method(NativeId::TypedFindIndex),
        method(NativeId::TypedFindLast),
        method(NativeId::TypedFindLastIndex),
        method(NativeId::TypedForEach),
        method(NativeId::TypedIncludes),
        method(NativeId::TypedIndexOf),
        method(NativeId::TypedJoin),
        method(NativeId::TypedLastIndexOf),
        method(NativeId::TypedMap),
        method(NativeId::TypedReverse),
        method(NativeId::TypedReduce),
        method(NativeId::TypedReduceRight),
        method(NativeId::TypedSet),
        method(NativeId::TypedSlice),
        method(NativeId::TypedSome),
        method(NativeId::TypedSort),
        method(NativeId::TypedSubarray),
        method(NativeId::TypedToLocaleString),
        method(NativeId::ArrayToString),
        method(NativeId::TypedToReversed),
        method(NativeId::TypedToSorted),
        method(NativeId::TypedWith),
        symbol_method(SymbolId::Iterator, NativeId::TypedValues),
        accessor(SymbolId::ToStringTag.key(), Some(NativeId::TypedTag), None),
    ]
    TypedArrayFunction "TypedArray" FunctionProperties None => [
        prototype(TypedArrayPrototype),
        SPECIES,
        method(NativeId::TypedOf),
        method(NativeId::TypedFrom),
    ]
    Int8ArrayPrototype "Int8Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Int8Array),
        number("BYTES_PER_ELEMENT", 1.0),
    ]
    Int8ArrayFunction "Int8Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Int8ArrayPrototype),
        number("BYTES_PER_ELEMENT", 1.0),
    ]
    Uint8ArrayPrototype "Uint8Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Uint8Array),
        number("BYTES_PER_ELEMENT", 1.0),
    ]
    Uint8ArrayFunction "Uint8Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Uint8ArrayPrototype),
        number("BYTES_PER_ELEMENT", 1.0),
    ]
    Uint8ClampedArrayPrototype "Uint8ClampedArray.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Uint8ClampedArray),
        number("BYTES_PER_ELEMENT", 1.0),
    ]
    Uint8ClampedArrayFunction "Uint8ClampedArray" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Uint8ClampedArrayPrototype),
        number("BYTES_PER_ELEMENT", 1.0),
    ]
    Int16ArrayPrototype "Int16Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Int16Array),
        number("BYTES_PER_ELEMENT", 2.0),
    ]
    Int16ArrayFunction "Int16Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Int16ArrayPrototype),
        number("BYTES_PER_ELEMENT", 2.0),
    ]
    Uint16ArrayPrototype "Uint16Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Uint16Array),
        number("BYTES_PER_ELEMENT", 2.0),
    ]
    Uint16ArrayFunction "Uint16Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Uint16ArrayPrototype),
        number("BYTES_PER_ELEMENT", 2.0),
    ]
    Int32ArrayPrototype "Int32Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Int32Array),
        number("BYTES_PER_ELEMENT", 4.0),
    ]
    Int32ArrayFunction "Int32Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Int32ArrayPrototype),
        number("BYTES_PER_ELEMENT", 4.0),
    ]
    Uint32ArrayPrototype "Uint32Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Uint32Array),
        number("BYTES_PER_ELEMENT", 4.0),
    ]
    Uint32ArrayFunction "Uint32Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Uint32ArrayPrototype),
        number("BYTES_PER_ELEMENT", 4.0),
    ]
    Float32ArrayPrototype "Float32Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Float32Array),
        number("BYTES_PER_ELEMENT", 4.0),
    ]
    Float32ArrayFunction "Float32Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Float32ArrayPrototype),
        number("BYTES_PER_ELEMENT", 4.0),
    ]
    Float64ArrayPrototype "Float64Array.prototype" Object Some(TypedArrayPrototype) => [
        constructor(NativeId::Float64Array),
        number("BYTES_PER_ELEMENT", 8.0),
    ]
    Float64ArrayFunction "Float64Array" FunctionProperties Some(TypedArrayFunction) => [
        prototype(Float64ArrayPrototype),
        number("BYTES_PER_ELEMENT", 8.0),
    ]
    DataViewPrototype "DataView.prototype" Object Some(ObjectPrototype) => [
        constructor(NativeId::DataView),
        accessor("buffer", Some(NativeId::DataViewBuffer), None),
        accessor("byteLength", Some(NativeId::DataViewByteLength), None),
        accessor("byteOffset", Some(NativeId::DataViewByteOffset), None),
        method(NativeId::DataViewGetInt8),
        method(NativeId::DataViewSetInt8),
        method(NativeId::DataViewGetUint8),
        method(NativeId::DataViewSetUint8),
        method(NativeId::DataViewGetInt16),
        method(NativeId::DataViewSetInt16),
        method(NativeId::DataViewGetUint16),
        method(NativeId::DataViewSetUint16),
        method(NativeId::DataViewGetInt32),
        method(NativeId::DataViewSetInt32),
        method(NativeId::DataViewGetUint32),
        method(NativeId::DataViewSetUint32),
        method(NativeId::DataViewGetFloat32),
        method(NativeId::DataViewSetFloat32),
        method(NativeId::DataViewGetFloat64),
        method(NativeId::DataViewSetFloat64),
        tag("DataView"),
    ]
    DataViewFunction "DataView" FunctionProperties None => [
        prototype(DataViewPrototype),
    ]
    Global "globalThis" Object Some(ObjectPrototype) => GLOBAL_PROPERTIES
}

/// What the global object has: the global scope, and itself.
const GLOBAL_PROPERTIES: [Property; GLOBALS.len() + 1] = {
    let this = PropertyValue::Object(ObjectId::Global);
    let this = Property { key: "globalThis", value: this, attributes: WRITABLE | CONFIGURABLE };
    let mut properties = [this; GLOBALS.len() + 1];
    let mut i = 0;
    while i < GLOBALS.len() {
        let Global { name, value, writable } = GLOBALS[i];
        let attributes = if writable { WRITABLE | CONFIGURABLE } else { 0 };
        properties[i] = Property { key: name, value, attributes };
        i += 1;
    }
    properties
};

/// The global scope.
pub const GLOBALS: &[Global] = &[
    Global { name: "undefined", value: PropertyValue::Undefined, writable: false },
    Global { name: "NaN", value: PropertyValue::Number(f64::NAN), writable: false },
    Global { name: "Infinity", value: PropertyValue::Number(f64::INFINITY), writable: false },
    function("Object", NativeId::Object),
    function("Function", NativeId::Function),
    function("Array", NativeId::Array),
    function("String", NativeId::String),
    function("Number", NativeId::Number),
    function("Boolean", NativeId::Boolean),
    function("Symbol", NativeId::Symbol),
    function("Promise", NativeId::Promise),
    function("queueMicrotask", NativeId::QueueMicrotask),
    function("setTimeout", NativeId::SetTimeout),
    function("setInterval", NativeId::SetInterval),
    function("clearTimeout", NativeId::ClearTimer),
    function("clearInterval", NativeId::ClearTimer),
    function("Error", NativeId::Error),
    function("TypeError", NativeId::TypeError),
    function("RangeError", NativeId::RangeError),
    function("ReferenceError", NativeId::ReferenceError),
    function("SyntaxError", NativeId::SyntaxError),
    function("EvalError", NativeId::EvalError),
    function("URIError", NativeId::UriError),
    function("AggregateError", NativeId::AggregateError),
    object("Math", ObjectId::Math),
    object("JSON", ObjectId::Json),
    object("Reflect", ObjectId::Reflect),
    object("console", ObjectId::Console),
    function("eval", NativeId::Eval),
    function("parseInt", NativeId::ParseInt),
    function("parseFloat", NativeId::ParseFloat),
    function("isNaN", NativeId::IsNaN),
    function("isFinite", NativeId::IsFinite),
    function("encodeURI", NativeId::EncodeUri),
    function("encodeURIComponent", NativeId::EncodeUriComponent),
    function("decodeURI", NativeId::DecodeUri),
    function("decodeURIComponent", NativeId::DecodeUriComponent),
    function("Map", NativeId::Map),
    function("Set", NativeId::Set),
    function("WeakMap", NativeId::WeakMap),
    function("WeakSet", NativeId::WeakSet),
    function("Date", NativeId::Date),
    function("RegExp", NativeId::RegExp),
    function("ArrayBuffer", NativeId::ArrayBuffer),
    function("Int8Array", NativeId::Int8Array),
    function("Uint8Array", NativeId::Uint8Array),
    function("Uint8ClampedArray", NativeId::Uint8ClampedArray),
    function("Int16Array", NativeId::Int16Array),
    function("Uint16Array", NativeId::Uint16Array),
    function("Int32Array", NativeId::Int32Array),
    function("Uint32Array", NativeId::Uint32Array),
    function("Float32Array", NativeId::Float32Array),
    function("Float64Array", NativeId::Float64Array),
    function("DataView", NativeId::DataView),
    function("structuredClone", NativeId::StructuredClone),
    function("print", NativeId::Print),
];

/// Functions that compiled code calls but that no program can name: parts of the language that are too large for
/// instructions. Their numbers in IR follow those of [`GLOBALS`].
pub const INTRINSICS: &[NativeId] = &[
    NativeId::RegExpLiteral,
    NativeId::CopyProperties,
    NativeId::TemplateObject,
    NativeId::DefineMethod,
    NativeId::SetFunctionName,
    NativeId::ClassPrototype,
    NativeId::SuperGet,
    NativeId::SuperSet,
    NativeId::SuperCall,
    NativeId::SuperCallArray,
    NativeId::RequireObject,
    NativeId::DefineOwnField,
    NativeId::PrivateName,
    NativeId::PrivateGet,
    NativeId::PrivateSet,
    NativeId::PrivateAdd,
    NativeId::PrivateHas,
    NativeId::PrivateMethods,
    NativeId::GeneratorStart,
    NativeId::GeneratorDelegate,
    NativeId::AsyncStart,
    NativeId::RunJobs,
    NativeId::AsyncGeneratorStart,
    NativeId::AsyncIterateStart,
    NativeId::AsyncIterateStep,
    NativeId::AsyncIterateClose,
    NativeId::AsyncIterateCheck,
    NativeId::ModuleNamespace,
    NativeId::ConsoleLogParts,
];

/// What the runtime calls for objects that have a well-known symbol as a key: only programs that can name the symbol have it.
pub const fn symbol_hooks(symbol: SymbolId) -> &'static [NativeId] {
    match symbol {
        SymbolId::Iterator => &[NativeId::IterateStart, NativeId::IterateNext, NativeId::IterateClose],
        SymbolId::HasInstance => &[NativeId::CustomInstance],
        SymbolId::ToPrimitive => &[NativeId::CustomPrimitive],
        SymbolId::ToStringTag => &[NativeId::CustomTag],
        SymbolId::Species => &[NativeId::SpeciesOf, NativeId::ArraySpecies],
        SymbolId::IsConcatSpreadable => &[NativeId::ConcatSpreadable],
        // Methods of strings ask for these, see `Feature::PatternMethods`.
        SymbolId::Match | SymbolId::MatchAll | SymbolId::Replace | SymbolId::Search | SymbolId::Split => &[],
        SymbolId::AsyncIterator | SymbolId::Unscopables => &[],
    }
}

/// The number in IR of an intrinsic function.
pub fn intrinsic_number(id: NativeId) -> u16 {
    let position = INTRINSICS.iter().position(|intrinsic| *intrinsic == id);
    (GLOBALS.len() + position.expect("only intrinsic functions are asked for")) as u16
}

/// The value of a built-in by its number in IR.
pub fn builtin_value(number: u16) -> Option<PropertyValue> {
    let number = usize::from(number);
    match GLOBALS.get(number) {
        Some(global) => Some(global.value),
        None => INTRINSICS.get(number - GLOBALS.len()).map(|id| PropertyValue::Native(*id)),
    }
}

/// The name of a built-in in the text form of IR.
pub fn builtin_name(number: u16) -> Option<&'static str> {
    let number = usize::from(number);
    match GLOBALS.get(number) {
        Some(global) => Some(global.name),
        None => INTRINSICS.get(number - GLOBALS.len()).map(|id| NATIVES[*id as usize].symbol),
    }
}

/// The number in IR of the built-in with a name.
pub fn builtin_number(name: &str) -> Option<u16> {
    (0..(GLOBALS.len() + INTRINSICS.len()) as u16).find(|number| builtin_name(*number) == Some(name))
}

/// The console function that does the same for arguments that are all primitive values, without the formatter of objects.
///
/// It may stand for the general one in an image whose program does not use that as a value, and calls it only with arguments that
/// are known to be strings, numbers, booleans, `undefined` or `null`; and if there are several, the first is no string, or
/// a constant one without a per cent sign, which would be a format.
pub const fn for_primitives(id: NativeId) -> Option<NativeId> {
    match id {
        NativeId::ConsoleLog => Some(NativeId::ConsoleLogPrimitive),
        NativeId::ConsoleError => Some(NativeId::ConsoleErrorPrimitive),
        NativeId::ConsoleWarn => Some(NativeId::ConsoleWarnPrimitive),
        NativeId::ConsoleInfo => Some(NativeId::ConsoleInfoPrimitive),
        NativeId::ConsoleDebug => Some(NativeId::ConsoleDebugPrimitive),
        _ => None,
    }
}

/// Property names that the runtime itself asks for, by number. Natives ask for theirs through
/// [`Native::wants`](super::Native::wants); a name that a program's image lacks is interned when it is first wanted.
pub const WELL_KNOWN: &[&str] = &[
    "length",
    "prototype",
    "constructor",
    "name",
    "message",
    "stack",
    "toString",
    "valueOf",
    "toJSON",
    "get",
    "set",
    "value",
    "writable",
    "enumerable",
    "configurable",
    "caller",
    "callee",
    "arguments",
    "index",
    "join",
    "toLocaleString",
    "cause",
    "next",
    "done",
    "return",
    "throw",
    "raw",
    "then",
    "@@iterator",
    "@@asyncIterator",
    "@@hasInstance",
    "@@toPrimitive",
    "@@toStringTag",
    "@@species",
    "@@isConcatSpreadable",
    "@@match",
    "@@matchAll",
    "@@replace",
    "@@search",
    "@@split",
];

/// Number of a well-known name; a compile-time error if it is not in [`WELL_KNOWN`].
pub const fn well_known(name: &str) -> u16 {
    let name = name.as_bytes();
    let mut i = 0;
    while i < WELL_KNOWN.len() {
        let other = WELL_KNOWN[i].as_bytes();
        if other.len() == name.len() {
            let mut k = 0;
            while k < name.len() && name[k] == other[k] {
                k += 1;
            }
            if k == name.len() {
                return i as u16;
            }
        }
        i += 1;
    }
    panic!("not a well-known name")
}
