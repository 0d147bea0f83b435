/* Parts of the page, and the texts that it is made of. */
#ifndef IRMEM_REPORT_PAGE_H
#define IRMEM_REPORT_PAGE_H

#include "report/timeline.h"

/* The files of page/, and their hashes as a Content-Security-Policy names them. */
extern const char irmi_page_page_html[], irmi_page_page_css[], irmi_page_page_js[],
    irmi_page_panel_css[];
extern const char irmi_page_page_css_hash[], irmi_page_page_js_hash[], irmi_page_panel_css_hash[];

void irmi_page_fates(FILE *stream, irmi_timeline *timeline);
void irmi_page_kernels(FILE *stream, irmi_timeline *timeline);
void irmi_page_source(FILE *stream, irmi_timeline *timeline);
void irmi_page_blocks(FILE *stream, irmi_timeline *timeline, int which);
void irmi_page_alive(FILE *stream, irmi_timeline *timeline, int which);
void irmi_page_data(FILE *stream, irmi_timeline *timeline);

#endif
