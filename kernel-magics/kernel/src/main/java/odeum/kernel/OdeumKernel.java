package odeum.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.JShell;
import odeum.magics.CellHelp;
import odeum.magics.Interrupts;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.magic.MagicsResolver;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.KernelInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.JavaKernelBuilder;

/**
 * JJava with Odeum's manners: short errors, an interrupt that lets work end in good order, help for
 * magics.
 */
final class OdeumKernel extends JavaKernel {
  // Work that asks for interrupts may finish its step, save and print; longer than a training step.
  private static final long GRACE_MILLIS = 3000;
  private static final long EXIT_MILLIS = 1500;
  private static final int NO_CELL = 0;

  private final CellIo io;
  private final CellEvaluator cells;
  private final Optional<CellHelp> help;
  private final HaltedRun halted = new HaltedRun();
  private final AtomicInteger running = new AtomicInteger(NO_CELL);

  private OdeumKernel(
      String name,
      String version,
      LanguageInfo language,
      CellIo io,
      CommManager comms,
      Renderer renderer,
      MagicsResolver resolver,
      MagicsRegistry registry,
      StringStyler styler,
      JShell shell,
      CellEvaluator cells) {
    super(
        name, version, language, List.of(), null, io, comms, renderer, resolver, registry, true,
        styler, shell, cells);
    this.io = io;
    this.cells = cells;
    this.help = ServiceLoader.load(CellHelp.class, OdeumKernel.class.getClassLoader()).findFirst();
    cells.follow(shell);
  }

  /** Imports a package, or does nothing where this version of the library has no such package. */
  void importIfPresent(String line) {
    getJShell().eval(line);
  }

  @Override
  protected synchronized void handleExecuteRequest(
      ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    ExecuteRequest request = message.getContent();
    env.setBusyDeferIdle();
    if (halted.covers(message.getHeader().getTimestamp().getDateString())) {
      env.defer().reply(new AbortedReply());
      return;
    }
    commManager.setMessageContext(message);
    int cell = request.isSilent() ? executionCount.get() : executionCount.getAndIncrement();
    if (!request.isSilent()) {
      env.publish(new PublishExecuteInput(request.getCode(), cell));
    }
    replaceOutputStreams(env);
    io.attach(env, request.isStdinEnabled());
    execute(env, request, cell);
  }

  private void execute(ShellReplyEnvironment env, ExecuteRequest request, int cell) {
    Interrupts.clear();
    cells.begin(cell);
    running.set(cell);
    try {
      DisplayData out =
          this.<DisplayData>evalBuilder(MagicLine.askingForHelp(request.getCode(), help))
              .resolveMagics()
              .renderResults()
              .eval();
      if (out != null && !request.isSilent()) {
        env.publish(new PublishExecuteResult(cell, out));
      }
      env.defer().reply(new ExecuteReply(cell, Map.of()));
    } catch (Throwable thrown) {
      CellError error = error(thrown);
      List<String> lines = error.lines();
      env.publish(new PublishError(error.name(), error.message(), lines));
      ErrorReply reply = new ErrorReply(error.name(), error.message(), lines);
      reply.setExecutionCount(cell);
      env.defer().replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
      if (request.shouldStopOnError()) {
        halted.begin();
      }
    } finally {
      running.set(NO_CELL);
    }
  }

  private CellError error(Throwable thrown) {
    return CellError.of(thrown, cells::place)
        .map(found -> found.styled(errorStyler::secondary))
        .orElseGet(() -> CellError.ofCompiler(thrown, super.formatError(thrown)));
  }

  @Override
  public void interrupt() {
    int cell = running.get();
    Interrupts.request();
    if (cell == NO_CELL) {
      return;
    }
    if (!Interrupts.heeded()) {
      super.interrupt();
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("odeum-grace")
        .start(
            () -> {
              sleep(GRACE_MILLIS);
              if (running.get() == cell) {
                super.interrupt();
              }
            });
  }

  @Override
  protected void handleShutdownRequest(
      ShellReplyEnvironment env, Message<ShutdownRequest> message) {
    // A cell that runs on, or a shutdown hook of the user's, must not keep the process alive.
    Thread.ofPlatform()
        .daemon()
        .name("odeum-exit")
        .start(
            () -> {
              sleep(EXIT_MILLIS);
              Runtime.getRuntime().halt(0);
            });
    super.handleShutdownRequest(env, message);
  }

  @Override
  protected void handleKernelInfoRequest(
      ShellReplyEnvironment env, Message<KernelInfoRequest> message) {
    env.setBusyDeferIdle();
    env.defer().reply(new KernelInfo(this));
  }

  @Override
  protected void handleHistoryRequest(ShellReplyEnvironment env, Message<HistoryRequest> message) {
    env.setBusyDeferIdle();
    env.defer().reply(new NoHistory());
  }

  @Override
  protected void installExtension(Extension extension) {
    try {
      super.installExtension(extension);
    } catch (Exception | LinkageError broken) {
      // One broken extension must not take the kernel with it.
      System.err.println("odeum: " + extension.getClass().getName() + " is not there: " + broken);
    }
  }

  // Synchronized, as cells are: JShell does one thing at a time, and at first that is the start.

  @Override
  public synchronized DisplayData inspect(String code, int at, boolean extraDetail) {
    Optional<String> usage = MagicLine.at(code, at).flatMap(line -> line.help(help));
    if (usage.isPresent()) {
      return new DisplayData(usage.get());
    }
    // JShell's documentation is asked for at a position inside the code, also at the end of a name.
    return code.isEmpty()
        ? null
        : super.inspect(code, Math.clamp(at, 0, code.length() - 1), extraDetail);
  }

  @Override
  public synchronized ReplacementOptions complete(String code, int at) {
    return MagicLine.at(code, at)
        .flatMap(line -> line.complete(help))
        .orElseGet(() -> super.complete(code, at));
  }

  @Override
  public synchronized String isComplete(String code) {
    return super.isComplete(code);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Builds the kernel from JJava's parts. */
  static final class Builder extends JavaKernelBuilder<Builder, OdeumKernel> {
    @Override
    public OdeumKernel build() {
      CellEvaluator cells = new CellEvaluator(buildName());
      return new OdeumKernel(
          buildName(),
          buildVersion(),
          buildLanguageInfo(),
          new CellIo(buildJupyterIOEncoding()),
          buildCommManager(),
          buildRenderer(),
          buildMagicsResolver(new LineTranspiler()),
          buildMagicsRegistry(),
          buildErrorStyler(),
          buildJShell(cells),
          cells);
    }

    @Override
    protected LanguageInfo buildLanguageInfo() {
      return new LanguageInfo.Builder("java")
          .version(Runtime.version().toString())
          .mimetype("text/x-java-source")
          .fileExtension(".java")
          .pygments("java")
          .codemirror("text/x-java")
          .build();
    }
  }
}
