package odeum.kernel;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.reply.KernelInfoReply;

/** JJava's answer with the status that the protocol asks for. */
final class KernelInfo extends KernelInfoReply {
  // Read by the JSON writer.
  @SuppressWarnings("unused")
  private final String status = "ok";

  KernelInfo(BaseKernel kernel) {
    super(
        Header.PROTOCOL_VERISON,
        kernel.getName(),
        kernel.getVersion(),
        kernel.getLanguageInfo(),
        kernel.getBanner(),
        kernel.getHelpLinks());
  }
}
