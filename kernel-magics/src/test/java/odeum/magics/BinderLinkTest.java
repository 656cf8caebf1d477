package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderLinkTest {
  @TempDir Path folder;
  private Path work;

  @ParameterizedTest
  @CsvSource({
    "https://github.com/odeum/odeum.git, gh/odeum/odeum",
    "git@github.com:odeum/odeum.git, gh/odeum/odeum",
    "https://token@github.com/odeum/odeum, gh/odeum/odeum",
    "ssh://git@github.com:22/odeum/odeum.git, gh/odeum/odeum",
    "https://gitlab.com/group/sub/course/, gl/group%2Fsub%2Fcourse",
    "https://git.example.edu/course.git, git/https%3A%2F%2Fgit.example.edu%2Fcourse"
  })
  void knowsTheServersOfBinder(String remote, String expected) {
    assertEquals("https://mybinder.org/v2/" + expected, BinderLink.repository(remote));
  }

  @ParameterizedTest
  @CsvSource({"/srv/course.git", "file:///srv/course.git", "C:\\course"})
  void aFolderIsNoServer(String remote) {
    assertThrows(MagicException.class, () -> BinderLink.repository(remote));
  }

  @BeforeEach
  void repository() throws IOException, InterruptedException {
    Path server = folder.resolve("server.git");
    work = folder.resolve("work");
    run(folder, "init", "-q", "--bare", "-b", "main", server.toString());
    run(folder, "init", "-q", "-b", "main", work.toString());
    run(work, "config", "user.email", "a@example.org");
    run(work, "config", "user.name", "A");
    Files.createDirectories(work.resolve("notebooks"));
    Files.createDirectories(work.resolve("binder"));
    Files.writeString(work.resolve("binder/environment.yml"), "name: odeum\n");
    Files.writeString(work.resolve("notebooks/a b.ipynb"), "{}");
    run(work, "add", "-A");
    run(work, "commit", "-q", "-m", "one");
    run(work, "remote", "add", "origin", server.toString());
    run(work, "push", "-q", "-u", "origin", "main");
    run(work, "remote", "set-url", "origin", "https://github.com/odeum/odeum.git");
  }

  private BinderLink link(String notebook) {
    return BinderLink.of(
        work.resolve("notebooks"), Optional.of(notebook), Optional.empty(), Map.of());
  }

  @Test
  void theCommitThatWasPushed() throws IOException, InterruptedException {
    String commit = run(work, "rev-parse", "HEAD").strip();
    String expected =
        "https://mybinder.org/v2/gh/odeum/odeum/%s?urlpath=lab/tree/notebooks/a%%20b.ipynb"
            .formatted(commit);
    assertEquals(new BinderLink(expected, List.of()), link("a b.ipynb"));
    Files.writeString(work.resolve("notebooks/a b.ipynb"), "{} ");
    assertEquals(
        List.of("a b.ipynb has changes that are not committed; the link does not show them"),
        link("a b.ipynb").notes());
    run(work, "commit", "-q", "-a", "-m", "two");
    assertEquals(
        new BinderLink(
            expected, List.of("1 commit is not pushed yet; the link shows the one before")),
        link("a b.ipynb"));
  }

  @Test
  void aBranchWithASlash() {
    BinderLink link =
        BinderLink.of(work.resolve("notebooks"), Optional.empty(), Optional.of("week/3"), Map.of());
    assertEquals(
        "https://mybinder.org/v2/gh/odeum/odeum/week%2F3?urlpath=lab/tree/notebooks", link.url());
  }

  @Test
  void insideBinder() {
    Map<String, String> binder =
        Map.of(
            "BINDER_REQUEST", "v2/gh/odeum/odeum/main",
            "BINDER_LAUNCH_HOST", "https://mybinder.org/");
    BinderLink link =
        BinderLink.of(
            work.resolve("notebooks"), Optional.of("a b.ipynb"), Optional.empty(), binder);
    assertEquals(
        "https://mybinder.org/v2/gh/odeum/odeum/main?urlpath=lab/tree/notebooks/a%20b.ipynb",
        link.url());
  }

  @Test
  void whatIsMissingIsSaid() throws IOException, InterruptedException {
    MagicException none = assertThrows(MagicException.class, () -> link("c.ipynb"));
    assertTrue(none.getMessage().startsWith("there is no notebook "), none.getMessage());
    Files.writeString(work.resolve("notebooks/new.ipynb"), "{}");
    Files.delete(work.resolve("binder/environment.yml"));
    Files.delete(work.resolve("binder"));
    assertEquals(
        List.of(
            "new.ipynb is not in the repository yet: git add, commit and push it",
            "the repository has no binder/ folder, so Binder will not install Odeum"),
        link("new.ipynb").notes());
    run(work, "remote", "remove", "origin");
    MagicException remote = assertThrows(MagicException.class, () -> link("new.ipynb"));
    assertTrue(remote.getMessage().contains("no remote named origin"), remote.getMessage());
    MagicException outside =
        assertThrows(
            MagicException.class,
            () -> BinderLink.of(folder, Optional.empty(), Optional.empty(), Map.of()));
    assertTrue(outside.getMessage().contains("no git repository"), outside.getMessage());
  }

  private static String run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
