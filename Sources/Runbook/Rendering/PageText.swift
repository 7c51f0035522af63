/// Parts of the page that are the same in every runbook.
enum PageText {
  /// A field for an instant.
  static func instantField(_ name: String, label: String) -> String {
    "<input type=\"text\" class=\"at \(name)\" aria-label=\"\(label)\""
      + " placeholder=\"UTC\" title=\"An instant such as 2026-12-01T09:00:00Z\" autocomplete=\"off\" spellcheck=\"false\">"
  }

  /// Who works here, and what becomes of what is written down.
  static let run = """
    <section class="run" id="run">
    <h2>The run</h2>
    <div class="tools"><label>Your name <input type="text" id="page-operator" autocomplete="off">\
    </label>
    <button class="scripted" id="page-export" type="button">Export as JSON</button>
    <button class="scripted" id="page-import" type="button">Import</button>
    <button class="scripted" id="page-fold" type="button" aria-pressed="false">Fold done steps\
    </button>
    <button class="scripted" id="page-clear" type="button">Clear</button>
    <input type="file" id="page-file" accept=".json,application/json" aria-label="Run to import"\
     hidden></div>
    <div class="field"><label>Notes on the whole run <textarea id="page-notes" rows="2"></textarea>\
    </label></div>
    </section>
    """

  /// The keys.
  static let help = """
    <dialog id="page-help" aria-labelledby="page-help-title">
    <h2 id="page-help-title">Keys</h2>
    <table><tbody>
    \(keys.map { "<tr><td><kbd>\($0)</kbd></td><td>\($1)</td></tr>" }.joined(separator: "\n"))
    </tbody></table>
    <p><label><input type="checkbox" id="page-keys" checked> Single keys do this</label></p>
    <p><button id="page-close-help" type="button">Close</button></p>
    </dialog>
    """

  private static let keys = [
    ("j", "next step"), ("k", "step before"), ("t", "the step to do"), ("s", "started, or not"),
    ("x", "done, or not"), ("c", "copy the next command of the step"), ("n", "write a note"),
    ("Esc", "back from a field to its step"), ("r", "rollback"), ("e", "export the run"),
    ("?", "these keys"),
  ]
}
