package odeum.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import odeum.magics.CellHelp;
import odeum.magics.WaitsForCells;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.magic.MagicsResolver;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.reply.InterruptReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.InterruptRequest;
import org.dflib.jjava.jupyter.messages.request.KernelInfoRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.JavaKernelBuilder;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;

/**
 * JJava with Odeum's manners: short errors, an interrupt that lets work end in good order, help for
 * magics.
 */
final class OdeumKernel extends JavaKernel implements WaitsForCells {
  private static final long EXIT_MILLIS = 1500;
  private static final List<HelpLink> HELP =
      List.of(
          new HelpLink("Odeum", "https://github.com/odeum/odeum"),
          new HelpLink("Java 25 API", "https://docs.oracle.com/en/java/javase/25/docs/api/"));

  private final CellIo io;
  private final CellEvaluator cells;
  private final Optional<CellHelp> help;
  private final CellHistory history = new CellHistory();
  private final HaltedRun halted = new HaltedRun();
  private final Turn turn = new Turn();
  private volatile ShellReplyEnvironment shown;

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
        name, version, language, HELP, null, io, comms, renderer, resolver, registry, true, styler,
        shell, cells);
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
  public String getBanner() {
    return "Odeum "
        + getVersion()
        + ": neural differential equations in Java "
        + getLanguageInfo().getVersion()
        + ". %lsmagic lists what there is, %solve? explains it.";
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
    boolean counts = request.shouldStoreHistory() && !request.isSilent();
    int cell = counts ? executionCount.getAndIncrement() : executionCount.get();
    if (!request.isSilent()) {
      env.publish(new PublishExecuteInput(request.getCode(), cell));
    }
    shown = env;
    io.attach(env, request.isStdinEnabled());
    cells.begin(cell);
    String result = null;
    try {
      if (turn.begin(message.getHeader())) {
        throw new EvaluationInterruptedException(request.getCode());
      }
      result = execute(env, request, cell);
    } catch (Throwable thrown) {
      fail(env, request, cell, thrown);
    } finally {
      turn.end();
      io.end();
      if (counts) {
        history.add(cell, request.getCode(), result);
      }
    }
  }

  private String execute(ShellReplyEnvironment env, ExecuteRequest request, int cell) {
    Optional<String> asked = Explanation.asked(request.getCode());
    if (asked.isPresent()) {
      display(explanation().ofName(asked.get()));
    }
    DisplayData out = asked.isPresent() ? null : evaluated(request.getCode());
    Map<String, Object> values = values(request.getUserExpr());
    io.drain();
    if (out != null && !request.isSilent()) {
      env.publish(new PublishExecuteResult(cell, out));
    }
    env.defer().reply(new CellReply(cell, values));
    Object text = out == null ? null : out.getData(MIMEType.TEXT_PLAIN);
    return text == null ? null : text.toString();
  }

  private DisplayData evaluated(String code) {
    return this.<DisplayData>evalBuilder(MagicLine.prepared(code, help))
        .resolveMagics()
        .renderResults()
        .eval();
  }

  private Map<String, Object> values(Map<String, String> expressions) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (expressions == null) {
      return values;
    }
    expressions.forEach((name, code) -> values.put(name, value(code)));
    return values;
  }

  private Object value(String code) {
    try {
      DisplayData data = this.<DisplayData>evalBuilder(code).renderResults().eval();
      return new CellReply.Value(DisplayData.emptyIfNull(data));
    } catch (RuntimeException thrown) {
      CellError error = error(thrown);
      return new ErrorReply(error.name(), error.message(), error.lines());
    }
  }

  private void fail(ShellReplyEnvironment env, ExecuteRequest request, int cell, Throwable thrown) {
    io.drain();
    CellError error = error(thrown);
    List<String> lines = error.lines();
    env.publish(new PublishError(error.name(), error.message(), lines));
    ErrorReply reply = new ErrorReply(error.name(), error.message(), lines);
    reply.setExecutionCount(cell);
    env.defer().replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
    if (request.shouldStopOnError()) {
      halted.begin();
    }
  }

  private CellError error(Throwable thrown) {
    return new CompilerError(getJShell(), cells::place)
        .of(thrown)
        .or(() -> CellError.of(thrown, cells::place))
        .orElseGet(() -> CellError.plain(thrown))
        .styled(errorStyler::secondary);
  }

  @Override
  public void display(DisplayData data) {
    io.drain();
    super.display(data);
  }

  void clearOutput(boolean wait) {
    ShellReplyEnvironment env = shown;
    if (env != null) {
      io.drain();
      env.publish(wait ? PublishClearOutput.BEFORE_NEXT_OUTPUT : PublishClearOutput.NOW);
    }
  }

  @Override
  protected void handleInterruptRequest(
      ShellReplyEnvironment env, Message<InterruptRequest> message) {
    env.setBusyDeferIdle();
    env.defer().reply(new InterruptReply());
    if (turn.interrupts(message.getHeader())) {
      super.interrupt();
    }
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
    env.defer().reply(new HistoryAnswer(history.answer(message.getContent())));
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
    return explanation().at(code, at);
  }

  private Explanation explanation() {
    return new Explanation(getJShell(), help, (code, at) -> super.inspect(code, at, true));
  }

  @Override
  protected synchronized void handleInspectRequest(
      ShellReplyEnvironment env, Message<InspectRequest> message) {
    InspectRequest request = message.getContent();
    env.setBusyDeferIdle();
    DisplayData found = null;
    try {
      int at = Completions.position(request.getCode(), request.getCursorPos());
      found = inspect(request.getCode(), at, request.getDetailLevel() > 0);
    } catch (RuntimeException unknown) {
      // Half-typed code may be too odd for JShell; then nothing is known of it.
    }
    env.defer().reply(new InspectReply(found != null, DisplayData.emptyIfNull(found)));
  }

  @Override
  public synchronized ReplacementOptions complete(String code, int at) {
    return completions().at(code, at);
  }

  private Completions completions() {
    Stream<String> names =
        Stream.concat(
            magicsRegistry.getLineMagicNames().stream().map("%"::concat),
            magicsRegistry.getCellMagicNames().stream().map("%%"::concat));
    return new Completions(
        getJShell(), help, names.filter(name -> !name.endsWith("?")).sorted().toList());
  }

  @Override
  protected synchronized void handleCompleteRequest(
      ShellReplyEnvironment env, Message<CompleteRequest> message) {
    CompleteRequest request = message.getContent();
    env.setBusyDeferIdle();
    CompleteReply reply;
    try {
      reply = completions().reply(request.getCode(), request.getCursorPos());
    } catch (RuntimeException unknown) {
      int at = request.getCursorPos();
      reply = new CompleteReply(List.of(), at, at, Map.of());
    }
    env.defer().reply(reply);
  }

  @Override
  public synchronized String isComplete(String code) {
    return Completeness.of(getJShell().sourceCodeAnalysis(), magicsResolver.resolve(code), code);
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
    private final CellIo io;

    Builder(CellIo io) {
      this.io = io;
    }

    @Override
    public OdeumKernel build() {
      CellEvaluator cells = new CellEvaluator(buildName(), io::uncaught);
      return new OdeumKernel(
          buildName(),
          buildVersion(),
          buildLanguageInfo(),
          io,
          new CellComms(),
          buildRenderer(),
          new CellMagicsResolver(new LineTranspiler()),
          buildMagicsRegistry(),
          buildErrorStyler(),
          buildJShell(cells),
          cells);
    }

    @Override
    protected LanguageInfo buildLanguageInfo() {
      return new LanguageInfo.Builder("java")
          .version(Runtime.version().toString())
          .mimetype("text/x-java")
          .fileExtension(".java")
          .pygments("java")
          .codemirror("text/x-java")
          .build();
    }
  }
}
