# cmake -DTOOL= -DPAGE= -DOUT= -DPROJECT_VERSION= -P manual.cmake: a manual page with the tool's own words for its
# options, compressed as manuals are.
execute_process(COMMAND ${TOOL} --help-man OUTPUT_VARIABLE OPTIONS COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${OPTIONS}" OPTIONS)
configure_file(${PAGE} ${OUT} @ONLY)
execute_process(COMMAND gzip -9nkf ${OUT} COMMAND_ERROR_IS_FATAL ANY)
