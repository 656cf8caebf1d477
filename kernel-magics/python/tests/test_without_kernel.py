"""The library without a kernel, and models that leave a notebook: what ./odeum dist publishes, in a Maven project, and in JShell."""

import hashlib
import json
import os
import re
import subprocess
import xml.etree.ElementTree as xml
import zipfile

from conftest import ROOT

POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>pendulum</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>25</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories>
    <repository>
      <id>odeum</id>
      <url>REPOSITORY</url>
    </repository>
  </repositories>
  <dependencies>
    <dependency>
      <groupId>io.github.odeum</groupId>
      <artifactId>node-lib</artifactId>
      <version>0.1.0</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.14.1</version>
      </plugin>
      <plugin>
        <artifactId>maven-resources-plugin</artifactId>
        <version>3.3.1</version>
      </plugin>
    </plugins>
  </build>
</project>
"""
# DESIGN.md's own layer, field, loss and loop, in a notebook.
LAYER = """\
record Gated(Linear value, Linear gate) implements Layer {          // a custom layer
  public Parameters initial(RandomKey key) {
    return Parameters.of("value", value.initial(key.fold(0))).and("gate", gate.initial(key.fold(1)));
  }
  public Tracer apply(Traced p, Tracer x) {
    return value.apply(p.at("value"), x).times(gate.apply(p.at("gate"), x).sigmoid());
  }
}
"""
DATA = """\
%%ode swing
angle' = speed
speed' = -9.81*sin(angle) - 0.5*speed
init angle = 1, speed = 0
time 0 .. 4
"""
TRAIN = """\
Layer net = Chain.of(new Gated(Linear.of(2, 32), Linear.of(2, 32)), Linear.of(32, 1));
VectorField pendulum = (t, y, p) -> Tracer.stack(y.get(1),          // known physics plus a network
    net.apply(p.at("net"), y).get(0).minus(y.get(0).sin().times(p.get("g"))));
Solve solve = Solve.of(pendulum, Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-6, 1e-9)), Adjoint.direct());
Objective loss = (p, s) -> solve.apply(p, s.get("y0"), s.get("times")).minus(s.get("y")).square().mean()
    .plus(p.at("net").flat().square().mean().times(1e-4));          // any loss
Parameters start = Parameters.of("g", 9.0).and("net", net.initial(RandomKey.of(0)));

TimeSeries swings = TimeSeries.of(seen.times()).and("angle", seen.values("angle")).and("speed", seen.values("speed"));
Dataset data = Dataset.windowsFromZero(swings, 10);
Optimizer.State state = Adam.of(1e-3).start(start);                 // any loop; Trainer is this loop with manners
Compiled gradients = loss.compile(start, data);
for (Batch batch : data.batches(32, 100, RandomKey.of(1))) {
  Evaluation e = gradients.at(state.parameters(), batch);
  state = state.step(e.gradient().clipNorm(1));
}
Parameters byTrainer = Trainer.of(Trainable.of(loss, key -> start)).batch(32).epochs(20).run(data).model();
Model model = Model.of(pendulum, 2, state.parameters()).withNames("x", "v");
model.save(Path.of(FILE));
System.out.println(gradients.value(state.parameters(), data.all()) < 0.5 * gradients.value(start, data.all()));
System.out.println(gradients.value(byTrainer, data.all()) < 0.5 * gradients.value(start, data.all()));
System.out.println(Model.load(Path.of(FILE)).parameters().equals(state.parameters()));
"""
ENDS = """\
for (int i = 0; i < 4; i++) {
  System.out.println(Double.toHexString(model.solve(Tensor.vector(1 + i, 0), 0, 10).last("x")) + " true");
}
"""
# A program that has no source of the model solves it from eight threads.
SERVE = """\
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;
import odeum.model.Model;
import odeum.solver.Solution;
import odeum.tensor.Tensor;

void main() throws Exception {
  Model model = Model.load(Path.of("pendulum.safetensors"));
  List<String> ends = new ArrayList<>();
  try (var threads = Executors.newFixedThreadPool(8)) {
    List<Future<Solution>> all = IntStream.range(0, 200)
        .mapToObj(i -> threads.submit(() -> model.solve(Tensor.vector(1 + i % 4, 0), 0, 10))).toList();
    for (Future<Solution> solution : all) {
      ends.add(Double.toHexString(solution.get().last("x")));
    }
  }
  for (int i = 0; i < 4; i++) {
    int start = i;
    Set<String> different = IntStream.range(0, 200).filter(k -> k % 4 == start)
        .mapToObj(ends::get).collect(Collectors.toSet());
    String alone = Double.toHexString(model.solve(Tensor.vector(1 + i, 0), 0, 10).last("x"));
    System.out.println(alone + " " + different.equals(Set.of(alone)));
  }
}
"""
SHELL = """\
import odeum.equation.Ode;
import odeum.solver.*;
var lotka = Ode.parse(""\"
    x' = a*x - b*x*y
    y' = -c*y + d*x*y
    param a = 1.5, b = 1, c = 3, d = 1
    init x = 1, y = 1""\");
Solution sol = Integrator.of(Solvers.tsit5()).solve(lotka, 0, 10);
System.out.println("x(10) = " + sol.last("x"));
/exit
"""


def test_the_repository_is_complete(dist):
    folder = dist / "maven" / "io" / "github" / "odeum"
    for artifact in ("odeum", "node-lib", "kernel-magics"):
        names = {path.name for path in (folder / artifact / "0.1.0").iterdir()}
        kinds = [".pom"] if artifact == "odeum" else [".pom", ".jar", "-sources.jar"]
        wanted = {f"{artifact}-0.1.0{kind}" for kind in kinds}
        assert names == wanted | {f"{name}.{check}" for name in wanted for check in ("md5", "sha1")}
        for name in wanted:
            path = folder / artifact / "0.1.0" / name
            assert (path.parent / f"{name}.sha1").read_text() == hashlib.sha1(path.read_bytes()).hexdigest()
    sources = zipfile.ZipFile(folder / "node-lib" / "0.1.0" / "node-lib-0.1.0-sources.jar").namelist()
    assert "odeum/model/Model.java" in sources
    assert [path.suffix for path in dist.iterdir() if path.is_file()] == [".whl"]
    # Nobody who uses the library gets the kernels it can be loaded into.
    pom = xml.parse(folder / "kernel-magics" / "0.1.0" / "kernel-magics-0.1.0.pom")
    scopes = {d[1].text: d.findtext("{*}scope") for d in pom.iterfind(".//{*}dependencies/{*}dependency")}
    assert scopes["jjava-jupyter"] == scopes["jupyter-jvm-basekernel"] == "provided"


def in_a_notebook(kernel, file):
    """Trains and saves a model of one's own in cells, and says where its solutions end."""
    assert kernel.run(LAYER).status == "ok"
    assert kernel.run(DATA).status == "ok"
    assert kernel.run("%solve swing --saveat 100 -o seen -q").status == "ok"
    reply = kernel.run(TRAIN.replace("FILE", json.dumps(str(file))), timeout=90)
    assert reply.status == "ok", reply.traceback
    assert reply.stream("stdout") == "true\ntrue\ntrue\n"
    assert reply.stream("stderr") == ""
    return kernel.run(ENDS).stream("stdout")


def test_a_maven_project_solves_a_notebooks_model_from_many_threads(kernel, dist, local_repository, jdk, tmp_path):
    (tmp_path / "pom.xml").write_text(POM.replace("REPOSITORY", (dist / "maven").as_uri()))
    sources = tmp_path / "src" / "main" / "java"
    sources.mkdir(parents=True)
    (sources / "Serve.java").write_text(SERVE)

    def run(*argv):
        environ = {**os.environ, "JAVA_HOME": str(jdk)}
        done = subprocess.run(argv, capture_output=True, text=True, timeout=120, cwd=tmp_path, env=environ)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    run(
        str(ROOT / "mvnw"), "-B", "-q", "-f", str(tmp_path), "--offline", "-Daether.offline.protocols=file",
        f"-Dmaven.repo.local={local_repository}", "compile",
        "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath", "-Dmdep.outputFile=libraries",
    )  # fmt: skip
    libraries = (tmp_path / "libraries").read_text().split(os.pathsep)
    assert str(local_repository / "io/github/odeum/node-lib/0.1.0/node-lib-0.1.0.jar") in libraries
    assert len(libraries) == 3, "node-lib needs Commons Math and jackson-core, and nothing else"
    java = [str(jdk / "bin" / "java"), "-cp", os.pathsep.join(["target/classes", *libraries])]
    ends = in_a_notebook(kernel, tmp_path / "pendulum.safetensors")
    plain = run(*java, "Serve")
    assert plain.stdout == ends
    assert re.fullmatch(r"(-?0x1\.[0-9a-f]+p-?\d+ true\n){4}", plain.stdout), plain.stdout
    assert len(set(plain.stdout.split("\n"))) == 5
    assert plain.stderr == ""
    vector = run(java[0], "--add-modules", "jdk.incubator.vector", *java[1:], "Serve")
    assert vector.stdout == plain.stdout


def test_jshell(class_path, jdk, tmp_path):
    (tmp_path / "lotka.jsh").write_text(SHELL)
    command = [str(jdk / "bin" / "jshell"), "--class-path", class_path, "lotka.jsh"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "x(10) = 1.0263437188238982\n"
