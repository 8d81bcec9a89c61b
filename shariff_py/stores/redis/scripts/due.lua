-- platform, now, the furthest time a working clock may have written, most -> for each page: address, worth, changed_at, fields of its count
local name, now, most = ARGV[1], ARGV[2], tonumber(ARGV[4])
local key = p .. 'due:' .. name
add_platform(name)
local pages = redis.call('ZRANGEBYSCORE', key, '-inf', now, 'LIMIT', 0, most)
if #pages < most then
  for _, page in ipairs(redis.call('ZRANGEBYSCORE', key, '(' .. ARGV[3], '+inf', 'LIMIT', 0, most - #pages)) do
    pages[#pages + 1] = page
  end
end
local found = {}
for _, page in ipairs(pages) do
  -- A page of which this alone is left is one of the store's all the same.
  if not is_whole(page) then add(page, now, now, 0) end
  local row = redis.call('HMGET', p .. 'page:' .. page, 'changed_at',
    name .. ':value', name .. ':as_of', name .. ':tried_at', name .. ':reason')
  table.insert(row, 1, worth_of(page) or 0)
  table.insert(row, 1, page)
  found[#found + 1] = row
end
return found
