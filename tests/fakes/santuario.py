"""Apache Santuario, the Java implementation that agencies use, as it comes with every JDK."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOURCE = """
import java.io.File;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.io.ByteArrayInputStream;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Verify {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            System.out.println(verdict(file));
        }
    }

    static boolean verdict(String file) {
        try {
            DocumentBuilderFactory builders = DocumentBuilderFactory.newInstance();
            builders.setNamespaceAware(true);
            Document document = builders.newDocumentBuilder().parse(new File(file));
            NodeList found = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
            boolean right = found.getLength() > 0;
            for (int at = 0; at < found.getLength(); at++) {
                right &= isRight((Element) found.item(at));
            }
            return right;
        } catch (Exception error) {
            System.err.println(error);
            return false;
        }
    }

    static boolean isRight(Element signature) throws Exception {
        String text = signature.getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate")
            .item(0).getTextContent();
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getMimeDecoder().decode(text)));
        DOMValidateContext context = new DOMValidateContext(
            KeySelector.singletonKeySelector(certificate.getPublicKey()), signature);
        return XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context)
            .validate(context);
    }
}
"""


def is_there() -> bool:
    """A JDK that runs a source file as it is, with the room for signatures."""
    if shutil.which("java") is None:
        return False
    asked = subprocess.run(["java", "--list-modules"], capture_output=True, text=True, check=False)
    return "java.xml.crypto" in asked.stdout and "jdk.compiler" in asked.stdout


def verdicts(files: Sequence[Path], folder: Path) -> list[bool]:
    """Of each file: whether it has signatures and every one of them is right."""
    source = folder / "Verify.java"
    source.write_text(SOURCE, encoding="ascii")
    ran = subprocess.run(
        ["java", str(source), *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [line == "true" for line in ran.stdout.split()]
