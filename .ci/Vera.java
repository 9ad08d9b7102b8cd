// Asks the veraPDF engine about PDF files: one tab-separated line per file and flavour,
//   file <tab> flavour <tab> ok|fail|error <tab> broken rules or message
// Arguments: flavours joined by commas (2a,ua1), then files. Run by judge_pdf.py.
import java.io.File;
import java.io.PrintStream;
import java.util.TreeSet;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Vera {
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < args.length; i++) {
            for (String flavour : args[0].split(",")) {
                out.println(args[i] + "\t" + flavour + "\t" + judge(args[i], PDFAFlavour.fromString(flavour)));
            }
        }
    }

    private static String judge(String path, PDFAFlavour flavour) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour)) {
            ValidationResult result =
                Foundries.defaultInstance().createValidator(flavour, 20, false, false, false).validate(parser);
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.add(rule + " " + String.valueOf(assertion.getMessage()).replaceAll("\\s+", " "));
                }
            }
            return result.isCompliant() && result.getTotalAssertions() > 0
                ? "ok\t" + result.getTotalAssertions() + " checks"
                : "fail\t" + String.join(" | ", broken);
        } catch (Throwable fault) {
            return "error\t" + String.valueOf(fault).replaceAll("\\s+", " ");
        }
    }
}
