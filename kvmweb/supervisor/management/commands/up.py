"""`manage.py up`: everything that an installation on one machine needs, in the foreground."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from kvmweb.supervisor.prepare import add_local_host, prepare
from kvmweb.supervisor.self_signed import certificate_for


class Command(BaseCommand):
    help = "Run web, worker, beat, watch, gate and a private Redis, and keep them running until Ctrl-C or SIGTERM."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default=os.environ.get("KVMWEB_BIND") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("KVMWEB_PORT") or 8000))
        parser.add_argument(
            "--tls",
            nargs="+",
            metavar=("CERT", "KEY"),
            default=[],
            help="certificate and key in PEM files, or the word self-signed",
        )
        parser.add_argument("--prepare", action="store_true", help="first do what `manage.py prepare` does")
        parser.add_argument("--admin-password-file", default="", help="with --prepare: see `first_admin`")
        parser.add_argument("--no-local-host", action="store_true", help="leave this machine's own libvirt alone")

    def handle(self, *args: Any, **options: Any) -> None:
        argv = [sys.executable, "-m", "kvmweb.supervisor", "--data", str(settings.DATA_DIR)]
        argv += ["--bind", options["bind"], "--port", str(options["port"])]
        if options["tls"]:
            certificate, key = self._certificate(options["tls"], options["bind"])
            argv += ["--certificate", str(certificate), "--key", str(key)]
            os.environ["KVMWEB_HTTPS"] = "1"
        if options["prepare"]:
            argv += self._prepared(options)
        # This process becomes the supervisor, without Django: it only starts and watches others, and stays small.
        os.chdir(settings.BASE_DIR)
        sys.stdout.flush()
        os.execv(sys.executable, argv)  # noqa: S606

    def _prepared(self, options: dict[str, Any]) -> list[str]:
        prepare(self.stdout, options["admin_password_file"])
        if options["no_local_host"]:
            return []
        uri = add_local_host(self.stdout)
        return ["--own-libvirt", "--local-uri", uri] if uri else []

    def _certificate(self, words: list[str], bind: str) -> tuple[Path, Path]:
        if words == ["self-signed"]:
            return certificate_for(bind, settings.DATA_DIR / "tls")
        if len(words) != 2:
            raise CommandError("--tls takes a certificate and a key file, or the word self-signed.")
        for word in words:
            if not os.access(word, os.R_OK):
                raise CommandError(f"--tls: {word} cannot be read.")
        return Path(words[0]).resolve(), Path(words[1]).resolve()
