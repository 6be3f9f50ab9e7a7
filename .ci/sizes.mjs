// Prints how long files and functions are, and how much of the code is tests: npm run sizes.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { root } from './lib/project.mjs';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'src', 'web', 'test'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((name) => /\.tsx?$/.test(name));
const own = files.filter((name) => !name.startsWith('test/'));
const tests = files.filter((name) => name.startsWith('test/') && !name.startsWith('test/bench/'));

const fileLines = own.map((name) => [linesOf(name), name]);
const functions = own.flatMap(functionsOf);
print('lines per file', fileLines);
print('lines per function', functions);
const code = sum(fileLines);
const test = sum(tests.map((name) => [linesOf(name), name]));
console.log(`code ${code} lines in ${own.length} files, tests ${test} in ${tests.length}: ${(test / code).toFixed(2)} lines of test per line of code`);

function linesOf(name) {
  return readFileSync(`${root}/${name}`, 'utf8').split('\n').length - 1;
}

function functionsOf(name) {
  const source = ts.createSourceFile(name, readFileSync(`${root}/${name}`, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const line = (at) => source.getLineAndCharacterOfPosition(at).line;
      found.push([line(node.end) - line(node.getStart()) + 1, `${name}:${line(node.getStart()) + 1}`]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function print(what, measured) {
  const sorted = [...measured].sort((a, b) => a[0] - b[0]);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)];
  console.log(`${what}: median ${at(0.5)[0]}, p90 ${at(0.9)[0]}, max ${at(1)[0]} (${at(1)[1]})`);
}

function sum(measured) {
  return measured.reduce((total, [lines]) => total + lines, 0);
}
