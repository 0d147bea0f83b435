/* Files that must not outlive the tool: they go when it ends, however that comes. */
#ifndef IRMEM_TOOLS_DRAFTS_H
#define IRMEM_TOOLS_DRAFTS_H

/* As mkstemps: makes a file by the name, whose last six X it replaces; a suffix without any X may
 * follow them. It is removed when the tool exits, or is ended by a signal that can be caught. name
 * must live until tool_draft_end. */
int tool_draft_create(char *name);

/* Removes the file, if it has not been renamed. */
void tool_draft_end(const char *name);

#endif
