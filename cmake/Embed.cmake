# A file as a C array. Run with -P it writes one; included it defines irmem_embed.

if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${INPUT} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  # A 0 stands behind it: what is a text is one in C too.
  file(WRITE ${OUTPUT}
    "#include <stddef.h>\n\nextern const char ${SYMBOL}[];\nextern const size_t ${SYMBOL}_size;\n"
    "const char ${SYMBOL}[] = {\n${bytes}0};\nconst size_t ${SYMBOL}_size = ${size};\n")
  return()
endif()

# irmem_embed(NAME.c SYMBOL FILE): a source in the build's folder, char SYMBOL[] and size_t SYMBOL_size.
function(irmem_embed source symbol file)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${source})
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${file} -DOUTPUT=${output} -DSYMBOL=${symbol} -P ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    DEPENDS ${file} ${CMAKE_CURRENT_FUNCTION_LIST_FILE} VERBATIM)
endfunction()
