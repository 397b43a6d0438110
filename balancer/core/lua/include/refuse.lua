-- Ends the command with a refusal; `state` is JSON text. Only before anything was changed.
local function refuse(code, params, state)
  local parts = {'{"error":{"code":"', code, '"'}
  if params then
    parts[#parts + 1] = ',"params":' .. cjson.encode(params)
  end
  if state then
    parts[#parts + 1] = ',"state":' .. state
  end
  parts[#parts + 1] = '}}'
  error({refused = table.concat(parts)})
end
