from pathlib import Path

from cryptography import x509

from kvmweb.supervisor.self_signed import certificate_for


def test_a_certificate_names_this_machine_and_is_kept(tmp_path: Path) -> None:
    certificate, key = certificate_for("192.0.2.7", tmp_path / "tls")
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    assert "192.0.2.7" in [str(address) for address in names.get_values_for_type(x509.IPAddress)]
    assert key.stat().st_mode & 0o777 == 0o600
    before = certificate.read_bytes()
    assert certificate_for("192.0.2.7", tmp_path / "tls")[0].read_bytes() == before
