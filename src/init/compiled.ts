import { temporaryFolder, type Part } from './part.ts';
import { textOf, type Project } from './project.ts';

/** go.mod */
export function detectGo({ files }: Project): Part | undefined {
  if (!files.has('go.mod')) return undefined;
  return {
    tool: 'go',
    found: 'go.mod',
    stages: [
      { name: 'build', command: 'go build ./...' },
      { name: 'vet', command: 'go vet ./...' },
      { name: 'test', command: 'go test ./...' },
    ],
  };
}

/** Cargo.toml, of one crate or of a workspace. */
export function detectCargo(project: Project): Part | undefined {
  if (!project.files.has('Cargo.toml')) return undefined;
  const flags = [
    ...(/^\[workspace\]/m.test(textOf(project, 'Cargo.toml')) ? ['--workspace'] : []),
    ...(project.files.has('Cargo.lock') ? ['--locked'] : []),
  ].map((flag) => ` ${flag}`);
  const format = project.files.has('rustfmt.toml') || project.files.has('.rustfmt.toml');
  return {
    tool: 'cargo',
    found: 'Cargo.toml',
    stages: [
      ...(format ? [{ name: 'format', command: 'cargo fmt --check' }] : []),
      { name: 'build', command: `cargo build --all-targets${flags.join('')}` },
      { name: 'test', command: `cargo test${flags.join('')}` },
    ],
  };
}

/** CMakeLists.txt; built in a folder of its own, since not every project ignores one in the tree. */
export function detectCMake(project: Project): Part | undefined {
  if (!project.files.has('CMakeLists.txt')) return undefined;
  const hasTests = /\b(?:enable_testing|add_test|include\s*\(\s*CTest)\b/i.test(textOf(project, 'CMakeLists.txt'));
  const test = 'ctest --test-dir "$cmake_build" --output-on-failure --output-junit "$JCI_OUTPUT_DIR/ctest.xml"';
  return {
    tool: 'cmake',
    found: 'CMakeLists.txt',
    stages: [
      temporaryFolder('cmake_build'),
      { name: 'configure', command: 'cmake -S . -B "$cmake_build"' },
      { name: 'build', command: 'cmake --build "$cmake_build" --parallel' },
      ...(hasTests ? [{ name: 'test', command: test }] : []),
    ],
  };
}
