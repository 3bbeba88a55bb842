#!/usr/bin/env python3
"""Disturbs a command that publishes releases, and checks after each disturbance that the repository is as before or complete.

  release_kill.py --command 'COMMAND with {repo} and {n}' --lines a-b-1-33 a-b-1-34 [--input TEMPLATE=TARGET] MODE…

`{repo}` becomes the repository, `{n}` the number of the attempt; TEMPLATE is a file whose `{n}` is replaced likewise and
that is written to TARGET before each run, so that each run has something new to release. Modes, any number of them:
  --random N      SIGKILL at a random instant, N times
  --each-call SO  SIGKILL just before each call that changes the file system (SO: the fault_at_call library)
  --full-disk SO  the disk fills up at each such call
  --step N        with the two modes above: only every N-th call, starting at random
  --parallel P R  P processes at once, R releases each
"""
import argparse, os, random, re, shlex, shutil, signal, subprocess, sys, tempfile, time


def output_of(*words, **options):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    return done.returncode, done.stdout


def require(condition, message):
    if not condition:
        sys.exit(f"FAILED: {message}")


class Checked:
    """A repository under test, and what has been seen in it so far."""

    def __init__(self, path, lines):
        self.path, self.lines, self.tags = path, lines, {}

    def git(self, *words):
        code, text = output_of("git", "-C", self.path, *words)
        require(code == 0, f"git {' '.join(words)} in {self.path}:\n{text}")
        return text.splitlines()

    def read_tags(self):
        if not os.path.exists(self.path) or not os.listdir(self.path):
            return {}
        refs = self.git("for-each-ref", "--format=%(refname:strip=2) %(objecttype) %(objectname) %(*objectname)", "refs/tags")
        for ref in refs:
            require(ref.split()[1] == "tag", f"{ref} is no annotated tag")
        return {ref.split()[0]: (ref.split()[2], ref.split()[3]) for ref in refs}

    def check(self):
        """Everything that must hold at any instant. Returns the names of the tags that are new."""
        tags = self.read_tags()
        for tag, ids in self.tags.items():
            require(tags.get(tag) == ids, f"release {tag} was lost or changed")
        new = sorted(set(tags) - set(self.tags))
        self.tags = tags
        if not tags:
            return new
        code, text = output_of("git", "-C", self.path, "fsck", "--strict", "--no-dangling", "--no-progress")
        require(code == 0 and not text.strip(), f"git fsck: {text}")
        history = dict(line.split(" ", 1) for line in self.git("log", "--format=%H %s", "HEAD"))
        released = {subject.removeprefix("Release "): commit for commit, subject in history.items() if subject.startswith("Release ")}
        require(released == {tag: ids[1] for tag, ids in tags.items()}, f"branch and tags differ: {released} {tags}")
        for tag in new:
            line = next(line for line in self.lines if tag.startswith(line + "-v"))
            files = self.git("ls-tree", "-r", "--name-only", f"{tag}:{line}")
            if "MANIFEST" in files:
                require(sorted(files) == sorted(self.git("show", f"{tag}:{line}/MANIFEST")), f"{tag} is incomplete: {files}")
            require({"metadata.yaml", "hashes.json"} <= set(files), f"{tag} is incomplete: {files}")
            require(any("-cluster-class-" in f and f.endswith(".tgz") for f in files), f"{tag} has no cluster-class archive")
        for line in self.lines:
            numbers = sorted(int(m[1]) for t in tags if (m := re.fullmatch(re.escape(line) + r"-v([1-9]\d*)", t)))
            require(numbers == list(range(1, len(numbers) + 1)), f"{line} has the versions {numbers}")
        return new

    def check_tidy(self):
        """What must hold after a run that ended well: nothing left over, the work tree as in the branch."""
        git_directory = self.git("rev-parse", "--absolute-git-dir")[0]
        left = [os.path.join(d, f) for d, _, files in os.walk(git_directory) for f in files if f.endswith(".lock") or f.startswith("stackc-release")]
        left = [f for f in left if os.path.basename(f) != "stackc-release.lock"]
        require(not left, f"left over: {left}")
        if git_directory != os.path.realpath(self.path):
            status = self.git("status", "--porcelain", "--ignored")
            require(not status, f"the work tree differs from the branch: {status}")
        parent = os.path.dirname(os.path.abspath(self.path))
        require(not [f for f in os.listdir(parent) if f.endswith(".stackc-new")], "a new repository was left over")


class Runner:
    def __init__(self, options, repository):
        self.options, self.repository, self.attempt = options, repository, 0

    def start(self, **environment):
        self.attempt += 1
        for pair in self.options.input:
            template, target = pair.split("=", 1)
            with open(template) as source, open(target, "w") as out:
                out.write(source.read().replace("{n}", str(self.attempt)))
        words = [w.replace("{repo}", self.repository).replace("{n}", str(self.attempt)) for w in shlex.split(self.options.command)]
        return subprocess.Popen(words, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self, process):
        text = process.communicate(timeout=120)[0]
        return process.returncode, text

    def run_well(self, checked):
        """Returns how many seconds the run took."""
        start = time.monotonic()
        code, text = self.finish(self.start())
        duration = time.monotonic() - start
        require(code == 0, f"the next run failed with {code}: {text}")
        new = checked.check()
        require(len(new) == len(checked.lines), f"the next run published {new}")
        checked.check_tidy()
        return duration

    def check_after(self, checked, what):
        new = checked.check()
        require(len(new) in (0, len(checked.lines)), f"{what}: half a run is visible: {new}")
        return bool(new)


def kill_at_random(runner, checked, count, chance):
    runner.run_well(checked)
    duration = runner.run_well(checked)
    killed = complete = 0
    for _ in range(count):
        process = runner.start()
        time.sleep(chance.uniform(0, duration))
        process.send_signal(signal.SIGKILL)
        killed += runner.finish(process)[0] == -signal.SIGKILL
        complete += runner.check_after(checked, "killed at random")
        duration = runner.run_well(checked)
    print(f"random: {count} runs, {killed} killed in time, {complete} of all complete, the others as before")


def fault_at_each_call(runner, checked, library, fault, options, releases_before):
    """Every attempt starts from the same repository, with so many releases, or from none at all."""
    for _ in range(releases_before):
        runner.run_well(checked)
    pristine, known, attempt = runner.repository + ".pristine", checked.tags, runner.attempt
    if releases_before:
        shutil.copytree(runner.repository, pristine, symlinks=True)
    count_file = runner.repository + ".count"
    number = random.Random(options.seed).randrange(options.step) + 1 - options.step
    beyond = as_before = complete = 0
    # Object names differ from run to run and with them the folders to make, so the end is not always at the same number.
    while beyond < 3:
        number += options.step
        shutil.rmtree(runner.repository, ignore_errors=True)
        if releases_before:
            shutil.copytree(pristine, runner.repository, symlinks=True)
        checked.tags, runner.attempt = known, attempt
        process = runner.start(LD_PRELOAD=library, FAULT=fault, FAULT_AT=str(number), FAULT_COUNT=count_file)
        code, text = runner.finish(process)
        visible = runner.check_after(checked, f"{fault} at call {number}")
        if code == 0 and int(open(count_file).read()) < number:
            require(visible, f"call {number}: success without a release")
            beyond += 1
            continue
        as_before, complete = as_before + (not visible), complete + visible
        if fault == "kill":
            require(code == -signal.SIGKILL, f"call {number}: ended with {code}: {text}")
        elif code != 0:
            require(code == 3 and re.search("^error: ", text, re.M), f"call {number}: ended with {code}: {text}")
        else:
            require(visible, f"call {number}: success without a release")
        runner.run_well(checked)
    start = f"{releases_before} releases before" if releases_before else "a new repository"
    print(f"{fault} at each of {as_before + complete} calls, {start}: {as_before} as before, {complete} complete", flush=True)


def run_in_parallel(runner, checked, processes, rounds):
    before = len(checked.read_tags())
    for _ in range(rounds):
        running = [runner.start() for _ in range(processes)]
        for process in running:
            code, text = runner.finish(process)
            require(code == 0, f"one of several runs failed with {code}: {text}")
    new = checked.check()
    require(len(new) == processes * rounds * len(checked.lines), f"{len(new)} releases")
    checked.check_tidy()
    print(f"parallel: {processes} processes, {rounds} rounds: {len(new)} releases, {before} before")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--command", required=True)
    parser.add_argument("--lines", nargs="+", required=True)
    parser.add_argument("--input", action="append", default=[])
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--random", type=int)
    parser.add_argument("--each-call")
    parser.add_argument("--full-disk")
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--parallel", nargs=2, type=int)
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        os.environ.pop(name, None)
    # A killed process loses nothing that the kernel has, so memory serves as well as a disk, and faster.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="release-kill-", dir=memory) as directory:
        def fresh(name):
            repository = os.path.join(directory, name)
            return Runner(options, repository), Checked(repository, options.lines)
        if options.random:
            kill_at_random(*fresh("random"), options.random, random.Random(options.seed))
        for library, fault in ((options.each_call, "kill"), (options.full_disk, "full")):
            if library:
                library = os.path.abspath(library)
                for releases_before in (0, 1, 2):
                    fault_at_each_call(*fresh(f"{fault}-{releases_before}"), library, fault, options, releases_before)
        if options.parallel:
            run_in_parallel(*fresh("parallel"), *options.parallel)


if __name__ == "__main__":
    main()
