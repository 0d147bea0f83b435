/* Where irmem is: the files that come with a tool are found from its own folder, so that an
 * installed irmem may be moved. */
#ifndef IRMEM_TOOLS_HOME_H
#define IRMEM_TOOLS_HOME_H

/* The path of what is at way, "../share/irmem", from the folder of the running tool; from malloc.
 * What exists is named without "..". */
char *tool_home_path(const char *way);

#endif
