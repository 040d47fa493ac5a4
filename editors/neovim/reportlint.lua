-- reportlint in Neovim: ~/.config/nvim/plugin/reportlint.lua
local command = { 'reportlint', 'server' }
local settings = { enable = 'auto' }
local clients = {}

local function start(event)
  local file = vim.api.nvim_buf_get_name(event.buf)
  local found = vim.fn.findfile('.reportlint.yaml', vim.fn.escape(vim.fn.fnamemodify(file, ':p:h'), ' ,;') .. ';')
  if file == '' or found == '' then
    return
  end
  local root = vim.fn.fnamemodify(found, ':p:h')
  local config = {
    name = 'reportlint',
    cmd = command,
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    init_options = { settings = settings },
    settings = { reportlint = settings },
    capabilities = vim.lsp.protocol.make_client_capabilities(),
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = event.buf })
  else
    -- Neovim 0.7
    clients[root] = clients[root] or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(event.buf, clients[root])
  end
end

vim.api.nvim_create_autocmd('FileType', { pattern = { 'text', 'markdown' }, callback = start })

vim.api.nvim_create_user_command('ReportlintFixAll', function()
  vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.reportlint' }, diagnostics = {} }, apply = true })
end, {})
