-- Opens the draft as a user does, and writes down what Neovim shows, before and after each fix.
local draft, folder = vim.env.DRAFT, vim.env.FOLDER

local function fail(why)
  io.stderr:write(why .. '\n')
  vim.cmd('cquit 1')
end

local function write(name, value)
  local file = assert(io.open(folder .. '/' .. name, 'w'))
  file:write(vim.json.encode(value))
  file:close()
end

local function shown()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local text = vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})
    table.insert(found, {
      row = d.lnum + 1,
      byte = d.col,
      code = d.code,
      severity = d.severity,
      source = d.source,
      message = d.message,
      text = table.concat(text, '\n'),
    })
  end
  return found
end

local function buffer()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
end

-- The number of findings changes with every fix: what is published for an older text is not what is waited for.
local function wait_for(what, holds)
  if not vim.wait(30000, holds, 50) then
    fail('waited in vain for ' .. what .. ': ' .. vim.inspect(shown()))
  end
end

-- A fix of several places may reach the server in several changes, each with findings of its own.
local function settle()
  local last, since = nil, vim.loop.now()
  vim.wait(30000, function()
    local now = vim.json.encode(shown())
    if now ~= last then
      last, since = now, vim.loop.now()
    end
    return vim.loop.now() - since > 1500
  end, 100)
end

-- Which entry of a menu is taken; Neovim would ask the user.
local wanted
vim.ui.select = function(items, options, choose)
  for index, item in ipairs(items) do
    local title = options.format_item and options.format_item(item) or item
    if wanted == nil or title:find(wanted, 1, true) then
      return choose(item, index)
    end
  end
  fail('no entry with ' .. wanted)
end

vim.cmd('edit ' .. vim.fn.fnameescape(draft))
vim.cmd('setlocal filetype=' .. (draft:match('%.md$') and 'markdown' or 'text'))
if vim.env.SILENT then
  vim.wait(3000)
  write('shown.json', { clients = #vim.lsp.buf_get_clients(0) })
  vim.cmd('qall!')
end

wait_for('findings', function()
  return #vim.diagnostic.get(0) >= tonumber(vim.env.EXPECTED)
end)
local first = shown()
write('shown.json', first)

local at = vim.fn.search('布署', 'w')
if at == 0 then
  fail('the word is not there')
end
wanted = '部署'
vim.lsp.buf.code_action()
wait_for('the quick fix', function()
  return vim.fn.getline(at):find('部署', 1, true) and #vim.diagnostic.get(0) == #first - 1
end)
settle()
write('quick.json', { buffer = buffer(), shown = shown() })

wanted = nil
local before = buffer()
vim.cmd('ReportlintFixAll')
wait_for('fix all', function()
  return buffer() ~= before and #vim.diagnostic.get(0) < #first - 1
end)
settle()
write('all.json', { buffer = buffer(), shown = shown() })
vim.cmd('write')
vim.cmd('qall!')
