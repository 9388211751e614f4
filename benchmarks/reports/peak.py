"""`python -m benchmarks.reports.peak`: makes the page on its input as a worker would; prints the most megabytes."""

import gc
import os
import sys
from pathlib import Path

import django


def main() -> None:
    page = sys.stdin.read()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    django.setup()
    from django.conf import settings
    from django.utils import translation

    from assessments.editions.shipped import shipped_editions
    from reports.formats import pdf
    from reports.worker.warmup import sample

    with translation.override(settings.LANGUAGE_CODE):
        pdf.render_pdf(sample(shipped_editions()[-1]))
    gc.collect()
    gc.freeze()
    gc.disable()
    Path("/proc/self/clear_refs").write_text("5")  # from here on the peak counts
    pdf.make_from_html(page)
    status = Path("/proc/self/status").read_text().splitlines()
    print(int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1024)


if __name__ == "__main__":
    main()
