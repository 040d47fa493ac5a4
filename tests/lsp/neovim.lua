-- What Neovim's own client makes of the server: opens the draft `$DRAFT`, applies the preferred quick fix of the first
-- typo and then all safe ones, and prints what it shows and what the buffer then holds, as JSON.
local function wait(done)
  vim.wait(30000, done, 20)
end
local function shown()
  local out = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(out, { d.lnum, d.col, d.end_col, d.code })
  end
  return out
end
local function act(only, range, wanted)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = range,
    context = { diagnostics = {}, only = { only } },
  }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 30000)) do
    for _, action in ipairs(answer.result or {}) do
      if wanted(action) then
        vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
        return
      end
    end
  end
end
vim.cmd("edit " .. vim.fn.fnameescape(vim.env.DRAFT))
local folder = vim.fn.fnamemodify(vim.env.DRAFT, ":h")
local id = vim.lsp.start_client({
  name = "reportlint",
  cmd = { vim.env.PYTHON, "-m", "reportlint", "server" },
  root_dir = folder,
  workspace_folders = { { uri = vim.uri_from_fname(folder), name = "drafts" } },
})
vim.lsp.buf_attach_client(0, id)
wait(function()
  return #vim.diagnostic.get(0) > 0
end)
local before = shown()
local typo = vim.tbl_filter(function(d)
  return d[4] == "TYP001"
end, before)[1]
local line = vim.api.nvim_buf_get_lines(0, typo[1], typo[1] + 1, false)[1]
local _, units = vim.str_utfindex(line, typo[2])
local at = { start = { line = typo[1], character = units }, ["end"] = { line = typo[1], character = units + 2 } }
act("quickfix", at, function(action)
  return action.isPreferred
end)
local fixed = vim.api.nvim_buf_get_lines(0, 0, -1, false)
act("source.fixAll", at, function()
  return true
end)
wait(function()
  for _, d in ipairs(shown()) do
    if d[4] == "PUN001" then
      return false
    end
  end
  return true
end)
local all = vim.api.nvim_buf_get_lines(0, 0, -1, false)
io.stdout:write(vim.fn.json_encode({ before = before, fixed = fixed, all = all, after = shown() }))
vim.cmd("qa!")
